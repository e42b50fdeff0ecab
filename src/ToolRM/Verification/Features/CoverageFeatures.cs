using ToolRM.Verification.Text;

namespace ToolRM.Verification.Features;

/// <summary>What the newest message of the user mentions and the arguments do or do not contain.</summary>
internal sealed class CoverageFeatures : FeatureFamily
{
    private const int MaxNumbers = 6, MaxNumbersTooOften = 4;

    private static readonly FeatureTable _table = new("coverage");
    private static readonly int _numbersUnused = _table.Whole(
        "numbers_unused",
        "the request has numbers that no argument contains",
        "Numbers in digits of the newest user message of which no argument contains a reading (5% is 5 or 0.05), at most 6.");

    private static readonly int _logNumbersUnused = _table.Whole(
        "numbers_unused_log",
        "some number of the request is in no argument (more of them add less)",
        "The logarithm of 1 + coverage.numbers_unused.");

    private static readonly int _numbersUsedShare = _table.Whole(
        "numbers_used_share",
        "share of the request's numbers that arguments contain",
        "Share of the numbers in digits of the newest user message of which arguments contain a reading; 0 if it has none.");

    private static readonly int _numbersTooOften = _table.Whole(
        "numbers_too_often",
        "a number is used more often than the request has it",
        "Over the calls, the numeric values equal to a number of the newest user message less how often it is mentioned, at most 4.");

    private static readonly int _namesUnused = _table.Whole(
        "names_unused",
        "the request has names that no argument contains",
        "Capitalised names of the newest user message that no argument contains; of a name of several words the share of its words that "
        + "no argument contains.");

    private static readonly int _namesUsedShare = _table.Whole(
        "names_used_share",
        "share of the request's names that arguments contain",
        "1 less coverage.names_unused over the number of names; 0 if there are none.");

    private static readonly int _quotesUnused = _table.Whole(
        "quotes_unused",
        "the request has quoted text that no argument contains",
        "Quoted strings of the newest user message that no argument contains, whatever the case.");

    private static readonly int _quotesUsedShare = _table.Whole(
        "quotes_used_share",
        "share of the request's quoted texts that arguments contain",
        "Share of the quoted strings of the newest user message that arguments contain; 0 if there are none.");

    private static readonly int _contentShare = _table.Whole(
        "content_share",
        "share of the request's words that arguments contain",
        "Share of the different stems of the newest user message, without stop words, that are stems of words of arguments.");

    private static readonly int _explainedShare = _table.Whole(
        "explained_share",
        "share of the request's words that arguments or called functions contain",
        "As coverage.content_share, but stems of names, descriptions and parameters' names of called functions count too.");

    private static readonly int _singleUncovered = _table.Whole(
        "single_call_uncovered",
        "there is one call only, and numbers or names of the request are left over",
        "1 if there is exactly one call, and coverage.numbers_unused or coverage.names_unused is above 0.");

    public override string Name => "coverage";

    public override IReadOnlyList<FeatureDefinition> Features => _table.Features;

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        int numbers = AddNumbers(candidate, sink);
        double names = AddNames(candidate, sink);
        AddQuotes(candidate, sink);
        AddContent(candidate, sink);
        sink.Add(_singleUncovered, candidate.Calls.Count == 1 && (numbers > 0 || names > 0) ? 1 : 0);
    }

    private static int AddNumbers(CandidateFacts candidate, FeatureSink sink)
    {
        IReadOnlyList<NumberMention> mentions = candidate.Request.Conversation.Numbers.LastTurn;
        if (mentions.Count == 0)
        {
            return 0;
        }

        int unused = mentions.Count(mention => !mention.Readings.Any(reading => candidate.Values.Numbers.Contains(Math.Abs(reading))));
        sink.Add(_numbersUnused, Math.Min(unused, MaxNumbers));
        sink.Add(_logNumbersUnused, Math.Log(1 + Math.Min(unused, MaxNumbers)));
        sink.Add(_numbersUsedShare, 1 - ((double)unused / mentions.Count));

        Dictionary<double, int> mentioned = [];
        foreach (double reading in mentions.SelectMany(mention => mention.Readings))
        {
            mentioned[reading] = mentioned.GetValueOrDefault(reading) + 1;
        }

        int tooOften = candidate.Values.Calls
            .SelectMany(call => call.Numbers.CountBy(number => number))
            .Sum(used => mentioned.TryGetValue(used.Key, out int count) ? Math.Max(0, used.Value - count) : 0);
        sink.Add(_numbersTooOften, Math.Min(tooOften, MaxNumbersTooOften));
        return unused;
    }

    private static double AddNames(CandidateFacts candidate, FeatureSink sink)
    {
        IReadOnlyList<string> names = candidate.Request.Conversation.Names;
        if (names.Count == 0)
        {
            return 0;
        }

        double unused = names.Sum(name => UnusedShare(name, candidate.Values));
        sink.Add(_namesUnused, unused);
        sink.Add(_namesUsedShare, 1 - (unused / names.Count));
        return unused;
    }

    private static double UnusedShare(string name, CandidateValues values)
    {
        if (values.Lower.Contains(name.ToLowerInvariant(), StringComparison.Ordinal))
        {
            return 0;
        }

        List<Word> words = Words.Scan(name);
        return words.Count == 0 ? 1 : (double)words.Count(word => !values.Stems.Contains(word.Stem)) / words.Count;
    }

    private static void AddQuotes(CandidateFacts candidate, FeatureSink sink)
    {
        IReadOnlyList<string> quotes = candidate.Request.Conversation.Quotes;
        if (quotes.Count > 0)
        {
            int unused = quotes.Count(quote =>
                !candidate.Values.Lower.Contains(quote.ToLowerInvariant().Trim(' ', '.', ','), StringComparison.Ordinal));
            sink.Add(_quotesUnused, unused);
            sink.Add(_quotesUsedShare, 1 - ((double)unused / quotes.Count));
        }
    }

    private static void AddContent(CandidateFacts candidate, FeatureSink sink)
    {
        IReadOnlySet<string> content = candidate.Request.Demands.Content;
        if (content.Count > 0)
        {
            sink.Add(_contentShare, (double)content.Count(candidate.Values.Stems.Contains) / content.Count);
            sink.Add(_explainedShare, (double)content.Count(stem => IsExplained(candidate, stem)) / content.Count);
        }
    }

    private static bool IsExplained(CandidateFacts candidate, string stem) =>
        candidate.Values.Stems.Contains(stem) || candidate.CalledStems.Contains(stem);
}
