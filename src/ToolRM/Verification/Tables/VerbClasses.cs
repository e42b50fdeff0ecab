using System.Collections.Frozen;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Tables;

/// <summary>What words of requests and of functions' names ask for: find, book, compute, … Kinds are bits, in the order of verbs.txt.</summary>
internal static class VerbClasses
{
    private static readonly FrozenDictionary<string, Entry> _entries = Read();

    /// <summary>The kinds of a word, given as its stem; 0 for none.</summary>
    public static uint Of(string stem) => _entries.GetValueOrDefault(stem).Kinds;

    /// <summary>Whether a word, given as its stem, is a verb or question word that a demand may begin with.</summary>
    public static bool IsVerb(string stem) => _entries.GetValueOrDefault(stem).IsVerb;

    /// <summary>The kinds of several words.</summary>
    public static uint Of(IEnumerable<Word> words) => words.Aggregate(0u, (kinds, word) => kinds | Of(word.Stem));

    private static FrozenDictionary<string, Entry> Read()
    {
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        uint kind = 1;
        foreach (string line in TableFile.Read("verbs.txt"))
        {
            string[] parts = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('|');
            Add(entries, parts[0], kind, isVerb: true);
            Add(entries, parts.Length > 1 ? parts[1] : "", kind, isVerb: false);
            kind <<= 1;
        }

        return entries.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, Entry> entries, string words, uint kind, bool isVerb)
    {
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string stem = Words.Stem(word);
            Entry known = entries.GetValueOrDefault(stem);
            entries[stem] = new Entry(known.Kinds | kind, known.IsVerb || isVerb);
        }
    }

    private readonly record struct Entry(uint Kinds, bool IsVerb);
}
