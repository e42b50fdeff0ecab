using ToolRM.Verification.Text;

namespace ToolRM.Verification.Schemas;

/// <summary>The words of names and descriptions that say something, as stems.</summary>
internal static class ContentStems
{
    /// <summary>The different stems of a name, in their order.</summary>
    public static IEnumerable<string> OfName(string name) => Of(Words.ScanIdentifier(name));

    /// <summary>The different stems of a description, in their order.</summary>
    public static IEnumerable<string> Of(string text) => Of(Words.Scan(text));

    /// <summary>The different stems of words, in their order.</summary>
    public static IEnumerable<string> Of(List<Word> words) =>
        words.Where(word => !Words.IsStopWord(word.Text)).Select(word => word.Stem).Distinct(StringComparer.Ordinal);
}
