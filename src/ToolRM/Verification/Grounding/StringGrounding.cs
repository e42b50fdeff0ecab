using System.Collections.Frozen;
using System.Globalization;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Grounding;

/// <summary>Finds out where one text comes from. What is longer than 2,000 characters is judged by its beginning.</summary>
internal sealed class StringGrounding
{
    private const int MaxLength = 2000;

    private static readonly FrozenSet<string> _placeholders = TableFile.Read("placeholders.txt").ToFrozenSet(StringComparer.Ordinal);

    private readonly string _text;
    private readonly string _lower;
    private readonly List<Word> _words;
    private readonly ParameterFacts? _parameter;
    private readonly Conversation _conversation;

    public StringGrounding(string value, ParameterFacts? parameter, Conversation conversation)
    {
        _text = value.AsSpan(0, Math.Min(MaxLength, value.Length)).Trim().ToString();
        _lower = _text.ToLowerInvariant();
        _words = Words.Scan(_text);
        _parameter = parameter;
        _conversation = conversation;
    }

    public GroundingClass Ground()
    {
        if (_text.Length == 0)
        {
            return GroundingClass.Empty;
        }

        return IsPlaceholder() ? GroundingClass.Placeholder
            : Occurrence()
            ?? DateGrounding.Ground(_text, _words, _parameter, _conversation)
            ?? WholePhrase()
            ?? OfWords();
    }

    private bool IsPlaceholder()
    {
        if (_parameter?.Enum is not null)
        {
            return false;
        }

        bool isBracketed = _text.Length > 2 && (_text[0], _text[^1]) is ('<', '>') or ('{', '}') or ('[', ']');
        return isBracketed || _lower.StartsWith("your_", StringComparison.Ordinal) || _lower.StartsWith("<your", StringComparison.Ordinal)
            ? !_conversation.Lower.Contains(_lower, StringComparison.Ordinal)
            : _placeholders.Contains(_lower) && !_conversation.ContainsPhrase(_words);
    }

    /// <summary>The text as it is, or in other case, between word boundaries.</summary>
    private GroundingClass? Occurrence()
    {
        if (_words.Count == 0)
        {
            return _conversation.Text.Contains(_text, StringComparison.Ordinal) ? GroundingClass.Exact : null;
        }

        GroundingClass? found = null;
        foreach (int position in _conversation.Positions(_words[0].Text))
        {
            int start = _conversation.Words[position].Start - _words[0].Start, end = start + _text.Length;
            if (start < 0 || end > _conversation.Text.Length || !IsBounded(start, end))
            {
                continue;
            }

            if (_conversation.Text.AsSpan(start, _text.Length).SequenceEqual(_text))
            {
                return GroundingClass.Exact;
            }

            if (!IsStopWord && _conversation.Lower.AsSpan(start, _text.Length).SequenceEqual(_lower))
            {
                found = GroundingClass.OtherCase;
            }
        }

        return found;
    }

    /// <summary>Whether a part of the conversation cuts through no word and no number.</summary>
    private bool IsBounded(int start, int end)
    {
        string all = _conversation.Text;
        bool cutsBefore = start > 0 && char.IsLetterOrDigit(all[start - 1]) && char.IsLetterOrDigit(all[start]);
        if (cutsBefore || end == all.Length || !char.IsLetterOrDigit(all[end - 1]))
        {
            return !cutsBefore;
        }

        bool cutsNumber = all[end] is '.' or ',' && char.IsAsciiDigit(all[end - 1]) && end + 1 < all.Length && char.IsAsciiDigit(all[end + 1]);
        return !char.IsLetterOrDigit(all[end]) && !cutsNumber;
    }

    /// <summary>All words in their order, a number, or another name of something mentioned.</summary>
    private GroundingClass? WholePhrase()
    {
        if (!IsStopWord && _conversation.ContainsPhrase(_words))
        {
            return GroundingClass.Words;
        }

        ReadOnlySpan<char> digits = _text.AsSpan().TrimStart("$€£¥₹").TrimEnd("% ");
        if (double.TryParse(digits, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number))
        {
            return NumberGrounding.Ground(number, _parameter, _conversation);
        }

        return AliasTable.IsMentioned(AliasTable.Key(_lower, _words), _conversation) ? GroundingClass.Alias : null;
    }

    private GroundingClass OfWords()
    {
        (int said, int telling) = CountSaid();
        if (telling > 0 && said == telling)
        {
            return GroundingClass.Words;
        }

        if (_parameter?.Enum is not null)
        {
            return said > 0 ? GroundingClass.EnumWord : GroundingClass.EnumOther;
        }

        int comma = _text.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0 && _conversation.ContainsPhrase(_words.FindAll(word => word.Start < comma)))
        {
            return _parameter?.WantsCityAndState == true ? GroundingClass.DemandedSuffix : GroundingClass.AddedSuffix;
        }

        return telling > 0 && said * 2 >= telling ? GroundingClass.HalfWords
            : IsInDescription() ? GroundingClass.Description
            : Initials.Match(_text, _words, _conversation) ? GroundingClass.HalfWords
            : said > 0 ? GroundingClass.SomeWords
            : GroundingClass.None;
    }

    /// <summary>How many of the words that say something the conversation has in some form, and how many there are.</summary>
    private (int Said, int Telling) CountSaid()
    {
        int said = 0, telling = 0;
        foreach (Word word in Parts())
        {
            if (!Words.IsStopWord(word.Text))
            {
                telling++;
                said += IsSaid(word) ? 1 : 0;
            }
        }

        return (said, telling);
    }

    /// <summary>The words; those within an identifier (CreditCard, 5km) if that is all there is.</summary>
    private List<Word> Parts()
    {
        if (_words.Count == 1)
        {
            List<Word> parts = Words.ScanIdentifier(_text);
            if (parts.Count(part => char.IsAsciiDigit(part.Text[0])) <= 1)
            {
                return parts;
            }
        }

        return _words;
    }

    private bool IsSaid(Word word)
    {
        if (_conversation.WordSet.Contains(word.Text) || _conversation.Stems.Contains(word.Stem))
        {
            return true;
        }

        if (char.IsAsciiDigit(word.Text[0]))
        {
            ReadOnlySpan<char> number = word.Text.AsSpan().TrimEnd("stndrh");
            return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
                && _conversation.Numbers.Contains(value);
        }

        return SpokenNumbers.ValueOf(word.Text) is double spoken
            ? _conversation.Numbers.Contains(spoken)
            : word.Text.Length > 1 && AliasTable.IsMentioned(word.Text, _conversation);
    }

    private bool IsInDescription() => _parameter is not null
        && ((_lower.Length > 3 && _parameter.DescriptionLower.Contains(_lower, StringComparison.Ordinal))
            || _parameter.Examples.Contains(_lower, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether it is one small word (us, it, in), of which only the exact spelling tells anything (US, IT, IN).</summary>
    private bool IsStopWord => _words.Count == 1 && Words.IsStopWord(_words[0].Text);
}
