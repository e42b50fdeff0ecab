using System.Collections.Frozen;

namespace ToolRM.Verification.Tables;

/// <summary>The states of the US; see <c>states.txt</c>. All in lower case. Thread-safe.</summary>
internal static class States
{
    private static readonly FrozenDictionary<string, string> _abbreviations = TableFile.Read("states.txt")
        .Select(line => line.Split('|'))
        .ToFrozenDictionary(cells => cells[0], cells => cells[1], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> _names =
        _abbreviations.ToFrozenDictionary(state => state.Value, state => state.Key, StringComparer.Ordinal);

    /// <summary>The abbreviation of a state: <c>ca</c> of <c>california</c>; <see langword="null"/> if it is none.</summary>
    public static string? Abbreviation(string nameLower) => _abbreviations.GetValueOrDefault(nameLower);

    /// <summary>The name of a state: <c>california</c> of <c>ca</c>; <see langword="null"/> if there is none.</summary>
    public static string? Name(string abbreviationLower) => _names.GetValueOrDefault(abbreviationLower);
}
