using System.Globalization;
using ToolRM.Verification;

namespace ToolRM.Cli.Output;

/// <summary>What a verifier is: its features, those of the strongest weights first.</summary>
internal static class VerifierSummary
{
    private const int FeaturesShown = 25;

    /// <summary>Writes JSON with all features, or lines with the strongest ones.</summary>
    public static void Write(VerifierRewardModel model, Terminal terminal, bool isJson)
    {
        VerifierFeature[] features = [.. model.Features.OrderByDescending(feature => Math.Abs(feature.Weight))];
        if (isJson)
        {
            WriteJson(model, features, terminal.Output);
        }
        else
        {
            WriteText(model, features, terminal);
        }
    }

    private static void WriteJson(VerifierRewardModel model, VerifierFeature[] features, Stream output)
    {
        var lines = new JsonLines(output);
        lines.Add(writer =>
        {
            writer.WriteString("model", model.Name);
            writer.WriteString("kind", "verifier");
            writer.WriteString("feature_set", FeatureSet.Version);
            writer.WriteNumber("bias", model.Head.Bias);
            writer.WriteStartArray("features");
            foreach (VerifierFeature feature in features)
            {
                writer.WriteStartObject();
                writer.WriteString("name", feature.Definition.Name);
                writer.WriteNumber("weight", feature.Weight);
                writer.WriteNumber("mean", feature.Mean);
                writer.WriteNumber("scale", feature.Scale);
                writer.WriteString("definition", feature.Definition.Definition);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        lines.Flush();
    }

    private static void WriteText(VerifierRewardModel model, VerifierFeature[] features, Terminal terminal)
    {
        using StreamWriter text = terminal.TextOutput();
        text.WriteLine($"model         {OneLine.Of(model.Name)}");
        text.WriteLine("kind          verifier, a linear model over features of calls, tools and conversation");
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"features      {features.Length} of version {FeatureSet.Version}, {features.Count(feature => feature.Weight != 0)} with a weight"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bias          {model.Head.Bias}"));
        foreach (VerifierFeature feature in features.Take(FeaturesShown))
        {
            text.WriteLine(FormattableString.Invariant(
                $"weight        {feature.Weight:+0.000;-0.000}  {feature.Definition.Name}: {feature.Definition.Phrase}"));
        }
    }
}
