namespace ToolRM.Evaluation;

/// <summary>How many of some pairs a model orders right. Immutable.</summary>
/// <param name="Pairs">Number of pairs, at least 1.</param>
/// <param name="Correct">Pairs whose chosen reward is strictly higher.</param>
/// <param name="Ties">Pairs with two equal rewards.</param>
public sealed record PairAccuracy(int Pairs, int Correct, int Ties)
{
    /// <summary>Fraction of pairs whose chosen reward is strictly higher, 0 to 1.</summary>
    public double Accuracy => (double)Correct / Pairs;

    /// <summary>As <see cref="Accuracy"/>, with each tie counted as half a success.</summary>
    public double AccuracyTiesHalf => (Correct + (0.5 * Ties)) / Pairs;

    internal static PairAccuracy Of(IReadOnlyCollection<PairEvaluation> pairs) =>
        new(pairs.Count, pairs.Count(pair => pair.IsCorrect), pairs.Count(pair => pair.IsTie));
}
