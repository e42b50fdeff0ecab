using System.Collections.Frozen;
using ToolRM.Verification.Tables;

namespace ToolRM.Verification.Text;

/// <summary>Cuts text into words.</summary>
internal static class Words
{
    private static readonly FrozenSet<string> _stopWords = TableFile.ReadWords("stop_words.txt").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words of a text, in their order (<see cref="WordScanner"/>).</summary>
    public static List<Word> Scan(string text) => Scan(text, isIdentifier: false);

    /// <summary>The words of an identifier, divided by camel case, digits and separators: <c>userId2</c> is user, id, 2.</summary>
    public static List<Word> ScanIdentifier(string name) => Scan(name, isIdentifier: true);

    /// <summary>Whether a word in lower case says nothing about the matter (a, the, please, …).</summary>
    public static bool IsStopWord(string word) => _stopWords.Contains(word);

    /// <summary>The stem of a word in lower case (<see cref="Stemmer"/>).</summary>
    public static string Stem(string word) => Stemmer.Stem(word);

    private static List<Word> Scan(string text, bool isIdentifier)
    {
        var words = new List<Word>(1 + (text.Length / 6));
        var scanner = new WordScanner(text, isIdentifier);
        while (scanner.MoveNext())
        {
            string word = scanner.Word();
            words.Add(new Word(word, Stemmer.Stem(word), scanner.Start, scanner.Length));
        }

        return words;
    }
}
