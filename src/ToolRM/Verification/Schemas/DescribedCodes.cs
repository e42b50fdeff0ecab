using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Schemas;

/// <summary>A code that a description explains: 2 in "1 for Lisbon, 2 for Porto".</summary>
/// <param name="Code">The code, as a value of an argument is written.</param>
/// <param name="Stems">The stems of what it means, without stop words; at least one.</param>
internal readonly record struct DescribedCode(string Code, IReadOnlyList<string> Stems);

/// <summary>Reads the codes that a parameter's description explains.</summary>
internal static partial class DescribedCodes
{
    private const int MaxCodes = 40;
    private static readonly ConditionalWeakTable<ParameterFacts, DescribedCode[]> _known = [];

    /// <summary>The codes; at least two, or none: a single one is an example.</summary>
    public static IReadOnlyList<DescribedCode> Of(ParameterFacts parameter) => _known.GetValue(parameter, static facts => Read(facts.Description));

    internal static DescribedCode[] Read(string description)
    {
        DescribedCode[] codes =
        [
            .. Explained().Matches(description).Take(MaxCodes)
                .Select(match => new DescribedCode(
                    match.Groups["code"].Value,
                    [.. Words.Scan(match.Groups["meaning"].Value).Where(word => !Words.IsStopWord(word.Text)).Select(word => word.Stem).Distinct()]))
                .Where(code => code.Stems.Count > 0),
        ];
        return codes.Length > 1 ? codes : [];
    }

    [GeneratedRegex(
        """(?:(?<![\w.])(?<code>\d{1,6})|'(?<code>[^'\s]{1,24})'|"(?<code>[^"\s]{1,24})")\s{0,3}(?:for\b|represents\b|means\b|is\b|stands for\b|=|:|-|–|\()\s{0,3}(?<meaning>[^,;.()'"\d]{2,40})""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Explained();
}
