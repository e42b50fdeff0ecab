using System.Collections.Frozen;
using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Grounding;

/// <summary>Names and codes of the same thing: EUR, euro and €; CA and California; AAPL and Apple.</summary>
internal static class AliasTable
{
    private const int MaxCodeLength = 3;

    private static readonly FrozenSet<string> _ambiguous = TableFile.ReadWords("ambiguous_codes.txt").ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, Alias[]> _others = ReadTables();

    /// <summary>Whether the conversation mentions something by another name.</summary>
    /// <param name="name">The name: its words in lower case, joined by spaces, or a sign.</param>
    /// <param name="conversation">What was said.</param>
    /// <param name="except">A name that does not count: the city in "New York, NY" is not the state.</param>
    public static bool IsMentioned(string name, Conversation conversation, string? except = null)
    {
        if (_others.TryGetValue(name, out Alias[]? others))
        {
            foreach (Alias other in others)
            {
                if (other.Key != except && other.IsIn(conversation))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a word stands somewhere in capitals.</summary>
    public static bool StandsInCapitals(string word, Conversation conversation)
    {
        foreach (int position in conversation.Positions(word))
        {
            Word found = conversation.Words[position];
            if (!conversation.Text.AsSpan(found.Start, found.Length).ContainsAnyInRange('a', 'z'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a name is looked up by.</summary>
    public static string Key(string name, List<Word> words) => words.Count switch
    {
        0 => name,
        1 => words[0].Text,
        _ => string.Join(' ', words.Select(word => word.Text)),
    };

    private static FrozenDictionary<string, Alias[]> ReadTables()
    {
        var others = new Dictionary<string, List<Alias>>(StringComparer.Ordinal);
        foreach (string line in TableFile.Read("aliases.txt").Concat(TableFile.Read("states.txt")))
        {
            Alias[] names = [.. line.Split('|').Select(name => new Alias(name))];
            foreach (Alias name in names)
            {
                foreach (string key in name.Keys)
                {
                    if (!others.TryGetValue(key, out List<Alias>? list))
                    {
                        others.Add(key, list = []);
                    }

                    list.AddRange(names.Where(other => other != name));
                }
            }
        }

        return others.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToArray(), StringComparer.Ordinal);
    }

    private sealed class Alias
    {
        private readonly List<Word> _words;

        public Alias(string name)
        {
            _words = Words.Scan(name);
            Key = Key(name, _words);
        }

        public string Key { get; }

        /// <summary>What it is found by: a long word also by its stem.</summary>
        public IEnumerable<string> Keys =>
            _words.Count == 1 && Key.Length > MaxCodeLength && _words[0].Stem != Key ? [Key, _words[0].Stem] : [Key];

        public bool IsIn(Conversation conversation) => _words.Count switch
        {
            0 => conversation.Text.Contains(Key, StringComparison.Ordinal),
            1 when Key.Length == 1 => false,
            1 when _ambiguous.Contains(Key) => StandsInCapitals(Key, conversation),
            1 => conversation.WordSet.Contains(Key) || conversation.Stems.Contains(_words[0].Stem),
            _ => conversation.ContainsPhrase(_words),
        };
    }
}
