using System.Collections.Frozen;
using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Schemas;

/// <summary>Words that stand before the values of parameters; see <c>slot_cues.txt</c>. Thread-safe.</summary>
internal static class SlotCues
{
    private static readonly FrozenDictionary<string, string[]> _cues = Read();

    /// <summary>The stems of the words that often stand before a value of a parameter whose name has these stems.</summary>
    public static IReadOnlySet<string> Of(IEnumerable<string> nameStems) =>
        nameStems.SelectMany(stem => _cues.GetValueOrDefault(stem, [])).ToHashSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, string[]> Read()
    {
        var cues = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (string line in TableFile.Read("slot_cues.txt"))
        {
            string[] sides = line.Split(':', 2);
            foreach (string stem in Stems(sides[0]))
            {
                if (!cues.TryGetValue(stem, out HashSet<string>? words))
                {
                    cues.Add(stem, words = new HashSet<string>(StringComparer.Ordinal));
                }

                words.UnionWith(Stems(sides[1]));
            }
        }

        return cues.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToArray(), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Stems(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Words.Stem);
}
