using System.Globalization;
using ToolRM.Verification;

namespace ToolRM.Tests.Verification;

public class FeatureSetTests
{
    private static readonly Tool _tool = Tool.Create("book_trip", "Books a trip, e.g. to 'Oslo'. Default is economy.", """
        {"type":"object","properties":{"city":{"type":"string","description":"City and state, e.g. Austin, TX"},"date":{"type":"string",
        "description":"Day as YYYY-MM-DD"},"share":{"type":"number","description":"Percentage as decimal"},"people":{"type":"integer","default":2},
        "class":{"type":"string","enum":["economy","first"]},"stops":{"type":"array","items":{"type":"string"}},"direct":{"type":"boolean"},
        "extras":{"type":"object","properties":{"meal":{"type":"string"},"bags":{"type":"integer"}},"required":["meal"]}},
        "required":["city","date"]}
        """);

    private static readonly Tool[] _tools = [_tool, Tool.Create("cancel_trip", "Cancels a trip."), Tool.Create("get_weather", null)];

    private static readonly ToolPrompt _prompt = new(
        [
            ChatMessage.System("Current date: 2024-05-06."),
            ChatMessage.User("Hi"),
            ChatMessage.Assistant("Where to?"),
            ChatMessage.User("Book a trip to Austin, Denver and Reno tomorrow at 7:30 pm for 3 people with 12.5% off, and cancel \"Old Trip\"."),
        ],
        _tools);

    private static readonly Candidate _candidate = Candidate.FromCalls(
        ToolCall.Parse("book_trip", """
            {"city":"Austin, TX","date":"2024-05-07","share":0.125,"people":3,"class":"first","stops":["Denver","Reno"],"extras":{"bags":1}}
            """),
        ToolCall.Parse("cancel_trip", """{"name":"Old Trip"}"""));

    public static TheoryData<string, string> OddArguments => new()
    {
        { "no object", "5" },
        { "huge number", """{"people":1e999,"share":-1e-999,"city":123456789012345678901234567890}""" },
        { "huge text", $$"""{"city":"{{new string('x', 200_000)}}","date":"{{string.Concat(Enumerable.Repeat("a, ", 30_000))}}"}""" },
        { "deep", $$"""{"extras":{{string.Concat(Enumerable.Repeat("[", 100))}}1{{string.Concat(Enumerable.Repeat("]", 100))}}}""" },
        { "many", $$"""{"stops":[{{string.Join(',', Enumerable.Range(0, 20_000))}}]}""" },
        { "nulls", """{"city":null,"date":null,"share":null,"stops":[null],"extras":null,"":null}""" },
        { "empty", """{"city":"","date":" ","stops":[],"extras":{}}""" },
        { "signs", """{"city":"\u0000\u202e\ufeff\u0301","date":"\ud83d\ude00 \u0130\u0131 \u00df","class":"%s{0}\\","stops":["\u0663\u0664","\u4e94\u6708"]}""" },
        { "date", """{"date":"9999-99-99","city":"0000-00-00","class":"99/99/9999","stops":["25:61","-:-","24:00"]}""" },
    };

    private static double[] Compute(ToolPrompt prompt, Candidate candidate) =>
        FeatureSet.Compute(new CandidateFacts(new RequestFacts(prompt), candidate));

    [Fact]
    public void Names_are_unique_and_begin_with_their_family()
    {
        FeatureSet.Definitions.Should().NotBeEmpty().And.OnlyHaveUniqueItems(feature => feature.Name);
        FeatureSet.Families.Should().OnlyHaveUniqueItems(family => family.Name);
        foreach (FeatureFamily family in FeatureSet.Families)
        {
            family.Features.Should().OnlyContain(feature => feature.Name.StartsWith(family.Name + ".", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Names_are_lower_case_words()
    {
        foreach (FeatureDefinition feature in FeatureSet.Definitions)
        {
            feature.Name.Should().MatchRegex(@"^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z0-9]+)*$");
        }
    }

    [Fact]
    public void Every_feature_has_a_phrase_and_a_definition()
    {
        foreach (FeatureDefinition feature in FeatureSet.Definitions)
        {
            feature.Phrase.Trim().Should().Be(feature.Phrase).And.NotBeEmpty().And.NotEndWith(".", feature.Name);
            feature.Definition.Trim().Should().Be(feature.Definition).And.EndWith(".", feature.Name);
            Enum.IsDefined(feature.Scale).Should().BeTrue();
        }
    }

    [Fact]
    public void The_vector_has_a_value_for_each_feature() => Compute(_prompt, _candidate).Should().HaveCount(FeatureSet.Count);

    [Theory]
    [MemberData(nameof(OddArguments))]
    public void Odd_arguments_give_finite_values(string kind, string arguments)
    {
        Candidate candidate = Candidate.FromCalls(ToolCall.Parse("book_trip", arguments), ToolCall.Parse("\u0000 unknown", arguments));

        Compute(_prompt, candidate).Should().OnlyContain(value => double.IsFinite(value), kind);
    }

    [Fact]
    public void Odd_requests_give_finite_values()
    {
        string hostile = string.Concat(Enumerable.Repeat("and \"A B, 1e9 % \ud800 \u0130 7:30 ", 2_000));
        ToolPrompt[] prompts =
        [
            new ToolPrompt([], []),
            new ToolPrompt([], _tools),
            ToolPrompt.FromUser("", _tool, _tool),
            ToolPrompt.FromUser(hostile, _tools),
            ToolPrompt.FromUser("Book it", Tool.Create("", "", "true"), Tool.Create("____", new string('(', 5_000), "[]")),
            new ToolPrompt([ChatMessage.System(hostile), new ChatMessage(ChatRole.User, null), ChatMessage.Tool("\n\r\t,;")], _tools),
        ];
        Candidate[] candidates = [_candidate, Candidate.NoCall, Candidate.FromText(hostile), Candidate.FromText("")];
        foreach (ToolPrompt prompt in prompts)
        {
            foreach (Candidate candidate in candidates)
            {
                Compute(prompt, candidate).Should().OnlyContain(value => double.IsFinite(value));
            }
        }
    }

    [Fact]
    public void The_same_input_gives_the_same_vector()
    {
        double[] first = Compute(_prompt, _candidate);

        Compute(_prompt, _candidate).Should().Equal(first);
        var request = new RequestFacts(ToolPrompt.FromJson(_prompt.ToJson()));
        FeatureSet.Compute(new CandidateFacts(request, Candidate.NoCall));
        FeatureSet.Compute(new CandidateFacts(request, Candidate.FromJson(_candidate.ToJson()))).Should().Equal(first);
    }

    [Fact]
    public void The_order_of_arguments_does_not_matter()
    {
        Candidate other = Candidate.FromCalls(
            ToolCall.Parse("book_trip", """
                {"extras":{"bags":1},"stops":["Denver","Reno"],"class":"first","people":3,"share":0.125,"date":"2024-05-07","city":"Austin, TX"}
                """),
            _candidate.Calls[1]);
        double[] first = Compute(_prompt, _candidate), second = Compute(_prompt, other);

        for (int i = 0; i < first.Length; i++)
        {
            second[i].Should().BeApproximately(first[i], 1e-9, FeatureSet.Definitions[i].Name);
        }
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        double[] expected = Compute(_prompt, _candidate);
        CultureInfo before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.ShortDatePattern = "d.M.yyyy";
        culture.DateTimeFormat.TimeSeparator = ".";
        CultureInfo.CurrentCulture = culture;
        try
        {
            // Other objects than before, so that nothing is cached.
            Compute(ToolPrompt.FromJson(_prompt.ToJson()), _candidate).Should().Equal(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Amounts_add_up_to_the_vector()
    {
        var amounts = new List<FeatureAmount>();
        double[] vector = FeatureSet.Compute(new CandidateFacts(new RequestFacts(_prompt), _candidate), amounts);
        var sums = new double[vector.Length];
        foreach (FeatureAmount amount in amounts)
        {
            sums[amount.Feature] += amount.Amount;
            amount.CallIndex.Should().BeInRange(-1, _candidate.Calls.Count - 1);
        }

        for (int i = 0; i < sums.Length; i++)
        {
            sums[i].Should().BeApproximately(vector[i], 1e-9, FeatureSet.Definitions[i].Name);
        }
    }
}
