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

    // The words before the first comma.
    private readonly List<Word> _head;
    private readonly string _headKey;
    private readonly ParameterFacts? _parameter;
    private readonly Conversation _conversation;

    public StringGrounding(string value, ParameterFacts? parameter, Conversation conversation)
    {
        _text = value.AsSpan(0, Math.Min(MaxLength, value.Length)).Trim().ToString();
        _lower = _text.ToLowerInvariant();
        _words = Words.Scan(_text);
        int comma = _text.IndexOf(',', StringComparison.Ordinal);
        _head = comma < 0 ? _words : _words.FindAll(word => word.Start < comma);
        _headKey = comma < 0 ? "" : AliasTable.Key("", _head);
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
            : PhraseGrounding.Occurrence(_text, _words, _conversation)
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

    /// <summary>A number, all words in their order, or another name of something mentioned.</summary>
    private GroundingClass? WholePhrase()
    {
        ReadOnlySpan<char> digits = _text.AsSpan().TrimStart("$€£¥₹").TrimEnd("% ");
        if (double.TryParse(digits, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number))
        {
            return NumberGrounding.Ground(number, _parameter, _conversation);
        }

        if (!_words.Exists(IsCode) && PhraseGrounding.Sequence(_words, _conversation) is { } found)
        {
            return found;
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

        if (_head.Count > 0 && _head.Count < _words.Count
            && (_conversation.ContainsPhrase(_head) || AliasTable.IsMentioned(_headKey, _conversation)))
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
        List<Word> parts = Parts();
        for (int i = 0; i < parts.Count; i++)
        {
            Word word = parts[i];
            bool isUnit = i > 0 && char.IsAsciiDigit(parts[i - 1].Text[0]);
            if (isUnit || IsCode(word) || !Words.IsStopWord(word.Text))
            {
                telling++;
                said += IsSaid(word, isUnit) ? 1 : 0;
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

    private bool IsSaid(Word word, bool isUnit)
    {
        bool isThere = IsCode(word)
            ? AliasTable.StandsInCapitals(word.Text, _conversation)
            : _conversation.WordSet.Contains(word.Text) || _conversation.Stems.Contains(word.Stem);
        if (isThere)
        {
            return true;
        }

        if (char.IsAsciiDigit(word.Text[0]))
        {
            ReadOnlySpan<char> number = word.Text.AsSpan().TrimEnd("stndrh");
            return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
                && _conversation.Numbers.Contains(value);
        }

        // New York does not say that its state is New York.
        string? except = IsBehindHead(word) ? _headKey : null;
        return SpokenNumbers.ValueOf(word.Text) is double spoken
            ? _conversation.Numbers.Contains(spoken)
            : (isUnit || word.Text.Length > 1) && AliasTable.IsMentioned(word.Text, _conversation, except);
    }

    /// <summary>Whether it is a code behind the comma that is a small word too: the OR of "Portland, OR".</summary>
    private bool IsCode(Word word) =>
        IsBehindHead(word) && word.Length == 2 && char.IsUpper(_text[word.Start + 1]) && Words.IsStopWord(word.Text);

    private bool IsBehindHead(Word word) => _head.Count > 0 && _head.Count < _words.Count && word.Start > _head[^1].Start;

    private bool IsInDescription() => _parameter is not null
        && ((_lower.Length > 3 && _parameter.DescriptionLower.Contains(_lower, StringComparison.Ordinal))
            || _parameter.Examples.Contains(_lower, StringComparer.OrdinalIgnoreCase));
}
