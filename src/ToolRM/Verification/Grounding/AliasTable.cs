using System.Collections.Frozen;
using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Grounding;

/// <summary>Names and codes of the same thing: EUR, euro and €; CA and California; AAPL and Apple.</summary>
internal static class AliasTable
{
    private static readonly FrozenDictionary<string, Alias[]> _others = ReadTables();

    /// <summary>Whether the conversation mentions something by another name.</summary>
    /// <param name="name">The name: its words in lower case, joined by spaces, or a sign.</param>
    /// <param name="conversation">What was said.</param>
    public static bool IsMentioned(string name, Conversation conversation)
    {
        if (_others.TryGetValue(name, out Alias[]? others))
        {
            foreach (Alias other in others)
            {
                if (other.IsIn(conversation))
                {
                    return true;
                }
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
                if (!others.TryGetValue(name.Key, out List<Alias>? list))
                {
                    others.Add(name.Key, list = []);
                }

                list.AddRange(names.Where(other => other != name));
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

        public bool IsIn(Conversation conversation) => _words.Count switch
        {
            0 => conversation.Text.Contains(Key, StringComparison.Ordinal),
            1 when Key.Length == 1 => false,
            1 when Key.Length == 2 => IsCapital(conversation),
            1 => conversation.WordSet.Contains(Key) || conversation.Stems.Contains(_words[0].Stem),
            _ => conversation.ContainsPhrase(_words),
        };

        /// <summary>Whether a code of two letters stands somewhere in capitals; in small letters it is often another word (in, or, me).</summary>
        private bool IsCapital(Conversation conversation)
        {
            foreach (int position in conversation.Positions(Key))
            {
                Word word = conversation.Words[position];
                if (!conversation.Text.AsSpan(word.Start, word.Length).ContainsAnyInRange('a', 'z'))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
