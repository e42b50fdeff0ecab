using System.Buffers;
using ToolRM.Verification.Grounding;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Features;

/// <summary>What the wording of texts says, whatever they are about.</summary>
internal sealed class WordingFormats(FeatureTable table)
{
    private const int LongWords = 8;
    private const int MaxExtraWords = 5;
    private const int RequestLength = 25;

    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789.,");

    private readonly int _article = table.PerCall(
        "article", "begins with an article in lower case", "Texts of several words that begin with the, a or an in lower case.");

    private readonly int _titleArticle = table.PerCall(
        "title_article", "begins with a capitalised article", "Texts of several words that begin with The, A or An.");

    private readonly int _words = table.PerCall("words", "length of the text", "Words of texts by 10.");
    private readonly int _long = table.PerCall("long", "long text", "Texts of more than 8 words.");

    private readonly int _extraWords = table.PerCall(
        "extra_words", "contains words that are not in the conversation",
        "Number, at most 5, by 5 of a text's words that are not in the conversation (stop words left out), unless all are. None where the "
        + "schema lists "
        + "the allowed values.");

    private readonly int _unit = table.PerCall(
        "unit", "number with a unit in one text",
        "Texts made of a number and letters, % or a sign of currency.");

    private readonly int _lowerCase = table.PerCall(
        "lower_case", "no capital letter", "Texts with letters, all of them small. None where the schema lists the allowed values.");

    private readonly int _underscore = table.PerCall(
        "underscore", "underscore that the conversation does not contain",
        "Texts with an underscore that are not in the conversation. None where the schema lists the allowed values.");

    private readonly int _name = table.PerCall(
        "name_as_value", "name of the parameter or function instead of a value",
        "Texts that are the name of their parameter, in any case, or of the function.");

    private readonly int _request = table.PerCall(
        "whole_request", "the whole request instead of a value",
        "Texts of more than 25 characters that are the newest message of the user as a whole.");

    private readonly int _merged = table.PerCall(
        "merged", "several values in one text", "Texts with \" and \", a semicolon or at least two commas.");

    private readonly int _endMark = table.PerCall(
        "end_mark", "ends as a sentence does",
        "Texts that end with a question or exclamation mark, or a full stop after three small letters.");

    public void Add(FormatValue value, string text, FeatureSink sink)
    {
        ArgumentFacts argument = value.Argument;
        Conversation conversation = value.Conversation;
        List<Word> words = Words.Scan(text);
        sink.Add(_words, argument, words.Count / 10.0);
        sink.Add(_long, argument, words.Count > LongWords ? 1 : 0);
        if (words.Count > 1 && words[0].Text is "the" or "a" or "an")
        {
            sink.Add(char.IsUpper(text[words[0].Start]) ? _titleArticle : _article, argument);
        }

        sink.Add(_unit, argument, IsNumberWithUnit(text) ? 1 : 0);
        sink.Add(_merged, argument, IsMerged(text) ? 1 : 0);
        sink.Add(_endMark, argument, EndsSentence(text) ? 1 : 0);
        bool isName = text.Equals(value.Parameter.Name, StringComparison.OrdinalIgnoreCase) || text == argument.Call.Call.Name;
        sink.Add(_name, argument, isName ? 1 : 0);
        sink.Add(_request, argument, IsRequest(text, conversation.LastTurn) ? 1 : 0);
        if (value.Parameter.Enum is null)
        {
            int extra = words.Count(word => !conversation.WordSet.Contains(word.Text) && !Words.IsStopWord(word.Text));
            sink.Add(_extraWords, argument, extra < words.Count ? (double)Math.Min(extra, MaxExtraWords) / MaxExtraWords : 0);
            sink.Add(_lowerCase, argument, text.Any(char.IsLower) && !text.Any(char.IsUpper) ? 1 : 0);
            bool isForeign = text.Contains('_', StringComparison.Ordinal) && value.Grounding != GroundingClass.Exact;
            sink.Add(_underscore, argument, isForeign ? 1 : 0);
        }
    }

    /// <summary>Whether a text is a number beside letters: 5 km, 10%, $20.</summary>
    private static bool IsNumberWithUnit(ReadOnlySpan<char> text)
    {
        bool hasSign = text.Length > 1 && text[0] is '$' or '€' or '£' or '¥' or '₹';
        text = hasSign ? text[1..] : text;
        int digits = text.IndexOfAnyExcept(_digits);
        if (digits < 0)
        {
            return hasSign;
        }

        ReadOnlySpan<char> unit = text[digits..];
        unit = unit[0] == ' ' ? unit[1..] : unit;
        foreach (char c in unit)
        {
            if (!char.IsAsciiLetter(c) && c is not ('%' or '°' or '$' or '€' or '£'))
            {
                return false;
            }
        }

        return digits > 0 && unit.Length > 0;
    }

    private static bool IsMerged(string text)
    {
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        return text.Contains(" and ", StringComparison.OrdinalIgnoreCase) || text.Contains(';', StringComparison.Ordinal)
            || (comma >= 0 && text.IndexOf(',', comma + 1) >= 0);
    }

    private static bool EndsSentence(string text) => text[^1] is '?' or '!'
        || (text.Length > 3 && text[^1] == '.' && char.IsLower(text[^2]) && char.IsLower(text[^3]) && char.IsLower(text[^4]));

    private static bool IsRequest(string text, string lastTurn)
    {
        const string Ends = " .?!\n";
        return text.Length > RequestLength
            && text.AsSpan().Trim(Ends).Equals(lastTurn.AsSpan().Trim(Ends), StringComparison.OrdinalIgnoreCase);
    }
}
