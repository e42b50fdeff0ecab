using System.Text.Json;
using ToolRM.Verification.Grounding;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Features;

/// <summary>Whether a value that stands in the conversation is taken over whole: not part of a longer name, quotation or token.</summary>
internal sealed class SpanFeatures : FeatureFamily
{
    private const int CutToken = 0, CutName = 1, WholeName = 2, CutQuotation = 3, WholeQuotation = 4, KeptQuotes = 5, OtherCase = 6;
    private const int MaxLeaves = 8;
    private const string Openers = "'\"“‘«([{<`", Closers = "'\"”’»)]}>`,.;:!?";

    public override string Name => "span";

    public override IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        new("span.cut_token", "value is cut out of a longer word or token",
            "Values that stand in the conversation, but begin or end inside a run of characters without white space.", FeatureScale.PerCall),
        new("span.cut_name", "value is a part of a longer name",
            "Capitalised values next to which, in the conversation, the capitalised name goes on with a word that no other value takes up.",
            FeatureScale.PerCall),
        new("span.whole_name", "value is a whole name of several words",
            "Capitalised values of several words around which no name goes on.", FeatureScale.PerCall),
        new("span.cut_quotation", "value is a part of a quoted text", "Values that stand inside a quotation without being all of it.", FeatureScale.PerCall),
        new("span.whole_quotation", "value is a quoted text", "Values that are all of a quotation.", FeatureScale.PerCall),
        new("span.kept_quotes", "value has quotation marks around it", "Values that begin and end with a quotation mark.", FeatureScale.PerCall),
        new("span.other_case", "value changes the case of its words",
            "Values that stand in the conversation in other case, although the schema lists no values.", FeatureScale.PerCall),
    ];

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        Conversation conversation = candidate.Request.Conversation;
        foreach (CallFacts call in candidate.Calls)
        {
            HashSet<string>? taken = null;
            foreach (ArgumentFacts argument in call.Arguments)
            {
                if (argument.Parameter is not { Enum: null })
                {
                    continue;
                }

                int count = Math.Min(MaxLeaves, argument.Leaves.Count);
                for (int i = 0; i < count; i++)
                {
                    if (argument.Leaves[i].Value is { ValueKind: JsonValueKind.String } leaf && leaf.GetString() is { Length: > 0 } value)
                    {
                        Extract(conversation, argument, argument.Leaves[i].Grounding, value, taken ??= WordsOf(call), sink, 1.0 / count);
                    }
                }
            }
        }
    }

    private static void Extract(
        Conversation conversation, ArgumentFacts argument, GroundingClass grounding, string value, HashSet<string> taken, FeatureSink sink, double share)
    {
        if (value.Length > 2 && Openers.Contains(value[0], StringComparison.Ordinal) && Closers.Contains(value[^1], StringComparison.Ordinal))
        {
            sink.Add(KeptQuotes, argument, share);
        }

        if (grounding == GroundingClass.OtherCase)
        {
            sink.Add(OtherCase, argument, share);
        }

        if (grounding is not (GroundingClass.Exact or GroundingClass.OtherCase))
        {
            return;
        }

        string text = conversation.Text;
        int at = text.IndexOf(value, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return;
        }

        int end = at + value.Length;
        char before = at > 0 ? text[at - 1] : ' ', after = end < text.Length ? text[end] : ' ';
        char next = end + 1 < text.Length ? text[end + 1] : ' ';
        bool endsInside = after is '.' or ':' or '\'' ? char.IsLetterOrDigit(next) && after != '\'' : IsInside(after, Closers);
        if (IsInside(before, Openers) || endsInside)
        {
            sink.Add(CutToken, argument, share);
        }

        bool isQuoted = (before is '\'' or '"' or '“' or '‘' or '«' or '`') && after is '\'' or '"' or '”' or '’' or '»' or '`';
        if (isQuoted)
        {
            sink.Add(WholeQuotation, argument, share);
        }
        else if (conversation.Quotes.Any(quote => quote.Length > value.Length && quote.Contains(value, StringComparison.OrdinalIgnoreCase)))
        {
            sink.Add(CutQuotation, argument, share);
        }

        if (char.IsUpper(text[at]) && !isQuoted)
        {
            bool goesOn = IsName(text, NextWord(text, end), taken) || IsName(text, PreviousWord(text, at), taken);
            if (goesOn)
            {
                sink.Add(CutName, argument, share);
            }
            else if (value.Contains(' ', StringComparison.Ordinal))
            {
                sink.Add(WholeName, argument, share);
            }
        }
    }

    private static bool IsInside(char neighbour, string allowed) =>
        !char.IsWhiteSpace(neighbour) && !allowed.Contains(neighbour, StringComparison.Ordinal);

    private static HashSet<string> WordsOf(CallFacts call) =>
    [
        .. call.Arguments.SelectMany(argument => argument.Leaves.Take(MaxLeaves))
            .Where(leaf => leaf.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .SelectMany(leaf => Words.Scan(leaf.Value.ToString())).Select(word => word.Text),
    ];

    /// <summary>The word after one space; empty if something else follows.</summary>
    private static Range NextWord(string text, int from)
    {
        if (from >= text.Length || text[from] != ' ')
        {
            return default;
        }

        int start = from + 1, end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '&'))
        {
            end++;
        }

        return start..end;
    }

    /// <summary>The word before one space, unless it begins a sentence; empty if something else stands there.</summary>
    private static Range PreviousWord(string text, int to)
    {
        if (to < 2 || text[to - 1] != ' ')
        {
            return default;
        }

        int end = to - 1, start = end;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '-' or '&'))
        {
            start--;
        }

        bool beginsSentence = start < 2 || text[start - 1] is '\n' || text[start - 2] is '.' or '!' or '?' or '\n' or ':';
        return beginsSentence ? default : start..end;
    }

    private static bool IsName(string text, Range range, HashSet<string> taken)
    {
        ReadOnlySpan<char> word = text.AsSpan(range);
        if (word.Length < 2 || !char.IsUpper(word[0]))
        {
            return false;
        }

        string lower = word.ToString().ToLowerInvariant();
        return !Words.IsStopWord(lower) && !taken.Contains(lower);
    }
}
