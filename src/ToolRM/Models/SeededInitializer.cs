namespace ToolRM.Models;

/// <summary>
/// The parameters of an untrained model. A value depends only on the seed, the parameter's name and its place in the
/// tensor: not on the order of reading, on threads, on the machine or on the .NET version. Safe to share between threads.
/// </summary>
/// <remarks>
/// Matrices and embedding are normal with the given deviation, gains one, biases zero. The head is normal with variance
/// 1 / (hidden size + 1), so that first rewards are of order one (Stiennon et al., arXiv 2009.01325).
/// </remarks>
/// <param name="seed">Any number.</param>
/// <param name="standardDeviation">Of matrices and embedding (<c>initializer_range</c>).</param>
internal sealed class SeededInitializer(ulong seed, double standardDeviation = 0.02) : IParameterSource
{
    /// <inheritdoc/>
    public void Read(ParameterInfo parameter, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, parameter.Count, nameof(destination));
        switch (parameter.Kind)
        {
            case ParameterKind.Gain:
                destination.Fill(1);
                return;
            case ParameterKind.Bias:
                destination.Clear();
                return;
            case ParameterKind.Head:
                FillNormal(parameter.Name, 1 / Math.Sqrt(parameter.Columns + 1), destination);
                return;
            default:
                FillNormal(parameter.Name, standardDeviation, destination);
                return;
        }
    }

    private void FillNormal(string name, double deviation, Span<float> destination)
    {
        NormalRandom random = NormalRandom.For(seed, name);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)(deviation * random.Next());
        }
    }
}
