using System.Text.Json.Nodes;
using ToolRM.Verification;
using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class SpanFeaturesTests
{
    private static readonly string[] _features =
        ["cut_token", "cut_name", "whole_name", "cut_quotation", "whole_quotation", "kept_quotes", "other_case"];

    private static readonly Tool[] _tools =
    [
        Tool.Create("find", "Finds.", """
            {"type":"object","properties":{"what":{"type":"string"},"more":{"type":"string"},
            "list":{"type":"array","items":{"type":"string"}},
            "kind":{"type":"string","enum":["Olive","hey jude"]},"count":{"type":"integer"}}}
            """),
    ];

    private static FamilyProbe Probe(string user, params string[] arguments) =>
        new(new SpanFeatures(), user, _tools, [.. arguments.Select(text => ToolCall.Parse("find", text))]);

    private static string Found(string user, string value)
    {
        FamilyProbe probe = Probe(user, $$"""{"what":{{JsonValue.Create(value).ToJsonString()}}}""");
        return string.Join(' ', _features.Where(feature => probe[feature] != 0));
    }

    [Theory]
    [InlineData("open report-2024.pdf now", "report-2024", "cut_token")]
    [InlineData("open report-2024.pdf now", "report-2024.pdf", "")]
    [InlineData("open report-2024.pdf now", "pdf", "cut_token")]
    [InlineData("mail joe@example.com today", "example.com", "cut_token")]
    [InlineData("mail joe@example.com.", "joe@example.com", "")]
    [InlineData("it is at 7:30 today", "7", "cut_token")]
    [InlineData("it is at 7: hurry", "7", "")]
    [InlineData("it costs $20, not more", "20", "cut_token")]
    [InlineData("take (water) with you!", "water", "")]
    [InlineData("take tom's flat", "tom", "")]
    [InlineData("water", "water", "")]
    [InlineData("take tea", "water", "")]
    public void Tokens_are_taken_whole_or_cut(string user, string value, string feature) => Found(user, value).Should().Be(feature);

    [Theory]
    [InlineData("a table at Olive Garden in San Jose", "Olive", "cut_name")]
    [InlineData("a table at Olive Garden in San Jose", "Garden", "cut_name")]
    [InlineData("a table at Olive Garden in San Jose", "Olive Garden", "whole_name")]
    [InlineData("a table at Olive Garden in San Jose", "San Jose", "whole_name")]
    [InlineData("a table at Smith-Jones Bar", "Bar", "cut_name")]
    [InlineData("a song of Simon & Garfunkel", "Simon", "")]
    [InlineData("Visit Rome today", "Rome", "")]
    [InlineData("He left. Visit Rome today", "Rome", "")]
    [InlineData("see The Beatles live", "Beatles", "")]
    [InlineData("go to Rome. Paris is next", "Rome", "")]
    [InlineData("go to Rome, Italy", "Rome", "")]
    [InlineData("on a Boeing 747", "Boeing", "")]
    [InlineData("in the city of rome Italy", "rome", "")]
    [InlineData("in a city", "city", "")]
    public void Names_are_taken_whole_or_cut(string user, string value, string feature) => Found(user, value).Should().Be(feature);

    [Theory]
    [InlineData("play 'Hey Jude' now", "Hey Jude", "whole_quotation")]
    [InlineData("play “Hey Jude” now", "Hey Jude", "whole_quotation")]
    [InlineData("play «hey jude»", "hey jude", "whole_quotation")]
    [InlineData("play 'hey dear jude' now", "dear", "cut_quotation")]
    [InlineData("play 'Hey Jude' now", "Jude", "cut_name cut_quotation")]
    [InlineData("play 'Hey Jude' now", "'Hey Jude'", "kept_quotes")]
    [InlineData("play it", "\"x\"", "kept_quotes")]
    [InlineData("play it", "“x”", "kept_quotes")]
    [InlineData("play it", "''", "")]
    [InlineData("play it", "'x", "")]
    [InlineData("play hey jude now", "hey jude", "")]
    public void Quotations_are_taken_whole_or_cut_or_with_their_marks(string user, string value, string feature) =>
        Found(user, value).Should().Be(feature);

    [Theory]
    [InlineData("play hey jude", "Hey Jude", "other_case")]
    [InlineData("play HEY JUDE", "Hey Jude", "whole_name other_case")]
    [InlineData("play Hey Jude", "Hey Jude", "whole_name")]
    public void The_case_is_kept_or_not(string user, string value, string feature) => Found(user, value).Should().Be(feature);

    [Fact]
    public void A_name_of_which_another_value_takes_the_rest_is_not_cut() =>
        Probe("the table of Tom Smith", """{"what":"Tom","more":"Smith"}""").Amounts.Should().BeEmpty();

    [Fact]
    public void Another_call_takes_nothing_of_a_name() =>
        Probe("the table of Tom Smith", """{"what":"Tom"}""", """{"what":"Smith"}""")["cut_name"].Should().Be(1);

    [Fact]
    public void Items_of_lists_share_the_amount_and_eight_are_looked_at()
    {
        Probe("at Olive Garden", """{"list":["Olive","x"]}""")["cut_name"].Should().Be(0.5);
        Probe("at Olive Garden", """{"list":["1","2","3","4","5","6","7","Olive","x"]}""")["cut_name"].Should().Be(1 / 8.0);
        Probe("at Olive Garden", """{"list":["1","2","3","4","5","6","7","8","Olive"]}""")["cut_name"].Should().Be(0);
    }

    [Theory]
    [InlineData("""{"kind":"Olive"}""")]
    [InlineData("""{"kind":"hey jude"}""")]
    [InlineData("""{"unknown":"Olive"}""")]
    [InlineData("""{"count":20}""")]
    [InlineData("""{"what":""}""")]
    [InlineData("""{"what":null}""")]
    [InlineData("\"Olive\"")]
    public void Chosen_values_unknown_parameters_and_other_types_tell_nothing(string arguments) =>
        Probe("play Hey Jude at Olive Garden for $20", arguments).Amounts.Should().BeEmpty();

    [Fact]
    public void Findings_name_their_argument() =>
        Probe("at Olive Garden", "{}", """{"what":"Olive"}""").Amounts.Should().ContainSingle()
            .Which.Should().Match<FeatureAmount>(amount => amount.CallIndex == 1 && amount.Parameter == "what" && amount.Amount == 1);
}
