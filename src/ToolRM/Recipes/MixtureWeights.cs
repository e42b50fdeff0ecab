using System.Text.Json;
using ToolRM.Checkpoints;
using ToolRM.Data;

namespace ToolRM.Recipes;

/// <summary>Measures weights of the transformer in the sum.</summary>
internal static class MixtureWeights
{
    /// <summary>Measures each weight.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="pairs">The pairs, for their error types.</param>
    /// <param name="known">By how much the verifier prefers each right answer.</param>
    /// <param name="added">By how much the transformer does.</param>
    public static IReadOnlyList<MixtureWeight> Measure(
        IReadOnlyList<double> weights, IReadOnlyList<PreferencePair> pairs, IReadOnlyList<double> known, IReadOnlyList<double> added) =>
    [
        .. weights.Select(weight =>
        {
            (string Type, bool IsRight)[] answers = [.. pairs.Select((pair, i) => (pair.ErrorType ?? "", known[i] + (weight * added[i]) > 0))];
            return new MixtureWeight(
                weight,
                answers.Average(answer => answer.IsRight ? 1.0 : 0),
                answers.GroupBy(answer => answer.Type).Average(type => type.Average(answer => answer.IsRight ? 1.0 : 0)));
        }),
    ];

    /// <summary>
    /// The smallest weight whose accuracy is within one standard error of the best (the rule of Breiman et al., Classification and
    /// Regression Trees, 1984): held-out wrong answers are made as those learnt from, and flatter what learnt most.
    /// </summary>
    /// <param name="weights">The weights, measured; at least one.</param>
    /// <param name="pairs">Number of pairs they were measured on.</param>
    public static MixtureWeight Choose(IReadOnlyList<MixtureWeight> weights, int pairs)
    {
        double best = weights.Max(weight => weight.Accuracy), error = Math.Sqrt(best * (1 - best) / pairs);
        return weights.Where(weight => weight.Accuracy >= best - error).MinBy(weight => weight.Weight)!;
    }

    /// <summary>Writes a line for each weight.</summary>
    public static void Write(string path, IReadOnlyList<MixtureWeight> weights) => AtomicFile.Write(path, stream =>
    {
        foreach (MixtureWeight weight in weights)
        {
            using (var writer = new Utf8JsonWriter(stream))
            {
                writer.WriteStartObject();
                writer.WriteNumber("weight", weight.Weight);
                writer.WriteNumber("accuracy", weight.Accuracy);
                writer.WriteNumber("macro_accuracy", weight.MacroAccuracy);
                writer.WriteEndObject();
            }

            stream.WriteByte((byte)'\n');
        }
    });
}
