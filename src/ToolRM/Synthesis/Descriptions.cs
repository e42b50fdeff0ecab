using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis;

/// <summary>Rewrites descriptions of parameters.</summary>
internal static class Descriptions
{
    private static readonly string[] _exampleMarks =
        ["(e.g", "e.g.", "(for example", "for example", "(for instance", "for instance", "(such as", "such as"];

    /// <summary>The description without its examples, which another demand would contradict, and without a full stop.</summary>
    public static string WithoutExamples(ParameterFacts parameter)
    {
        string description = parameter.Description;
        int end = _exampleMarks.Select(mark => parameter.DescriptionLower.IndexOf(mark, StringComparison.Ordinal))
            .Where(index => index >= 0)
            .DefaultIfEmpty(description.Length)
            .Min();
        return description[..Math.Min(end, description.Length)].TrimEnd(' ', '.', ',', ';', ':');
    }

    /// <summary>The text with its first letter as a capital.</summary>
    public static string Capitalise(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The text with the first letters of its words as capitals, except of <c>of</c> and <c>and</c>.</summary>
    public static string CapitaliseWords(string text) =>
        string.Join(' ', text.Split(' ').Select(word => word is "of" or "and" ? word : Capitalise(word)));
}
