namespace ToolRM.Training;

/// <summary>
/// Draws which features are hidden: 16 random bits decide on each, so probabilities are exact to 1/65536. What is kept is scaled up
/// (inverted dropout), so that a reward keeps its expected value.
/// </summary>
internal sealed class FeatureDropout
{
    private const int Bits = 16, Values = 1 << Bits;

    private readonly Xoshiro256 _random;
    private readonly uint _hidden;
    private readonly double _kept;

    /// <param name="probability">With which a feature is hidden; 0 up to but not including 1.</param>
    /// <param name="random">What to draw from.</param>
    public FeatureDropout(double probability, Xoshiro256 random)
    {
        _random = random;
        _hidden = (uint)Math.Min(Math.Round(probability * Values), Values - 1);
        _kept = (double)Values / (Values - _hidden);
    }

    /// <summary>Fills a mask with 0 for hidden features and the factor of the kept ones.</summary>
    public void Draw(Span<double> mask)
    {
        if (_hidden == 0)
        {
            mask.Fill(1);
            return;
        }

        ulong bits = 0;
        for (int i = 0; i < mask.Length; i++)
        {
            bits = i % (64 / Bits) == 0 ? _random.Next() : bits >> Bits;
            mask[i] = (bits & (Values - 1)) < _hidden ? 0 : _kept;
        }
    }
}
