using System.Collections.Frozen;
using System.Globalization;
using ToolRM.Verification.Tables;

namespace ToolRM.Verification.Text;

/// <summary>Numbers in words: twenty five, two hundred and fifty thousand, twenty-first, half.</summary>
internal static class SpokenNumbers
{
    private enum Kind
    {
        Count,
        Scale,
        Alone,
    }

    private static readonly FrozenDictionary<string, (Kind Kind, double Value)> _words = ReadTable();

    private static readonly FrozenDictionary<double, string> _names = _words
        .Where(word => word.Value.Kind == Kind.Count)
        .GroupBy(word => word.Value.Value)
        .ToFrozenDictionary(group => group.Key, group => group.First(word => IsCardinal(word.Key)).Key);

    /// <summary>The value of a single word (seven, seventh); <see langword="null"/> if it is none.</summary>
    public static double? ValueOf(string word) => _words.TryGetValue(word, out (Kind Kind, double Value) found) ? found.Value : null;

    /// <summary>The word of a number that has one (7 is seven).</summary>
    public static string? NameOf(double value) => _names.GetValueOrDefault(value);

    /// <summary>Adds all numbers in words to the values.</summary>
    public static void AddTo(HashSet<double> values, IReadOnlyList<Word> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (!_words.TryGetValue(words[i].Text, out (Kind Kind, double Value) first))
            {
                continue;
            }

            if (first.Kind == Kind.Alone)
            {
                values.Add(first.Value);
            }
            else if (first.Kind == Kind.Count || i == 0 || !char.IsAsciiDigit(words[i - 1].Text[0]))
            {
                i = AddCompound(values, words, i) - 1;
            }
        }
    }

    /// <summary>Adds the number whose words begin at an index; returns the index behind them.</summary>
    private static int AddCompound(HashSet<double> values, IReadOnlyList<Word> words, int start)
    {
        double total = 0, group = 0, last = double.PositiveInfinity;
        int i = start;
        for (; i < words.Count; i++)
        {
            bool isNumber = _words.TryGetValue(words[i].Text, out (Kind Kind, double Value) word);
            if (!isNumber && words[i].Text == "and" && i > start && last >= 100 && IsCount(words, i + 1))
            {
                continue;
            }

            if (!isNumber || word.Kind == Kind.Alone)
            {
                break;
            }

            if (word.Kind == Kind.Count)
            {
                // After hundred anything below it follows, after twenty only one to nine: everything else begins another number.
                bool joins = word.Value < last && (last >= 100 || (last >= 20 && word.Value is > 0 and < 10));
                if (!joins)
                {
                    AddYear(values, words, i, total + group);
                    break;
                }

                group += word.Value;
                last = word.Value;
            }
            else if (word.Value <= 100)
            {
                group = (group == 0 ? 1 : group) * word.Value;
                last = word.Value;
            }
            else
            {
                total += (group == 0 ? 1 : group) * word.Value;
                group = 0;
                last = word.Value;
            }
        }

        bool hasHalf = i + 2 < words.Count && words[i].Text == "and" && words[i + 1].Text == "a" && words[i + 2].Text == "half";
        values.Add(total + group + (hasHalf ? 0.5 : 0));
        return hasHalf ? i + 3 : i;
    }

    /// <summary>Adds the year that two numbers make: nineteen ninety nine, twenty twenty four.</summary>
    private static void AddYear(HashSet<double> values, IReadOnlyList<Word> words, int i, double century)
    {
        double tens = ValueOf(words[i].Text) ?? 0;
        if (century is >= 10 and < 100 && tens is >= 10 and < 100)
        {
            double units = tens >= 20 && i + 1 < words.Count ? ValueOf(words[i + 1].Text) ?? 0 : 0;
            values.Add((century * 100) + tens + (units is > 0 and < 10 ? units : 0));
        }
    }

    private static bool IsCount(IReadOnlyList<Word> words, int i) =>
        i < words.Count && _words.TryGetValue(words[i].Text, out (Kind Kind, double Value) word) && word.Kind == Kind.Count;

    // Ordinals end with d or th but for first.
    private static bool IsCardinal(string word) =>
        !word.EndsWith("th", StringComparison.Ordinal) && word is not ("first" or "second" or "third");

    private static FrozenDictionary<string, (Kind Kind, double Value)> ReadTable()
    {
        var words = new Dictionary<string, (Kind, double)>();
        foreach (string line in TableFile.Read("number_words.txt"))
        {
            string[] parts = line.Split(' ');
            Kind kind = parts[0] switch { "scale" => Kind.Scale, "alone" => Kind.Alone, _ => Kind.Count };
            int first = kind == Kind.Count ? 0 : 1;
            double value = double.Parse(parts[first], CultureInfo.InvariantCulture);
            foreach (string word in parts.AsSpan(first + 1))
            {
                words.Add(word, (kind, value));
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
