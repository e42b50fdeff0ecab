using System.Text.Json;

namespace ToolRM.Cli.Output;

/// <summary>Why rewards are what they are, as JSON or as lines.</summary>
internal static class Explanations
{
    /// <summary>Writes one object.</summary>
    public static void WriteJson(Utf8JsonWriter writer, RewardExplanation explanation)
    {
        writer.WriteStartObject();
        writer.WriteNumber("constant", explanation.Constant);
        writer.WriteStartObject("families");
        foreach (FamilyContribution family in explanation.Families)
        {
            writer.WriteNumber(family.Family, family.Contribution);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("reasons");
        foreach (RewardReason reason in explanation.Reasons)
        {
            WriteReason(writer, reason);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Indented lines for people: the sums, then the reasons with the strongest first. None without an explanation.</summary>
    public static IEnumerable<string> Lines(RewardExplanation? explanation)
    {
        if (explanation is null)
        {
            yield break;
        }

        IEnumerable<string> sums = explanation.Families
            .Select(family => FormattableString.Invariant($"{family.Family} {family.Contribution:+0.00;-0.00}"))
            .Prepend(FormattableString.Invariant($"constant {explanation.Constant:+0.00;-0.00}"));
        yield return $"    {string.Join(", ", sums)}";
        foreach (RewardReason reason in explanation.Reasons)
        {
            yield return FormattableString.Invariant($"    {reason.Contribution:+0.00;-0.00}  {OneLine.Of(reason.Text)}");
        }
    }

    private static void WriteReason(Utf8JsonWriter writer, RewardReason reason)
    {
        writer.WriteStartObject();
        writer.WriteString("feature", reason.Feature);
        writer.WritePropertyName("call");
        if (reason.CallIndex is { } call)
        {
            writer.WriteNumberValue(call);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteString("argument", reason.Argument);
        writer.WriteString("text", reason.Text);
        writer.WriteNumber("contribution", reason.Contribution);
        writer.WriteEndObject();
    }
}
