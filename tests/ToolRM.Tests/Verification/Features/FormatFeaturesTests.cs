using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class FormatFeaturesTests
{
    private static readonly Tool[] _tools =
    [
        Tool.Create("plan", "Plans.", """
            {"type":"object","properties":{
              "place":{"type":"string","description":"City and state, e.g. 'Boston, MA'"},
              "town":{"type":"string","description":"A town"},
              "code":{"type":"string","description":"Like 'AB-12'"},
              "date":{"type":"string"},
              "day":{"type":"string","description":"As YYYY-MM-DD, e.g. 2019-04-01"},
              "share":{"type":"number","description":"In percent"},
              "fraction":{"type":"number","description":"Percentage as a decimal"},
              "kind":{"type":"string","enum":["x_y"]},
              "text":{"type":"string"},
              "people":{"type":"array","items":{"type":"object","properties":{"code":{"type":"string","description":"Like 'AB-12'"}}}}
            }}
            """),
    ];

    private static FamilyProbe Probe(string user, string arguments) => new(
        new FormatFeatures(),
        new ToolPrompt([ChatMessage.System("Current date: 2024-05-06"), ChatMessage.User(user)], _tools),
        Candidate.FromCalls(ToolCall.Parse("plan", arguments)));

    [Theory]
    [InlineData("""{"code":"XY-7"}""", 1, 0)]
    [InlineData("""{"code":"xy7"}""", 0, 1)]
    [InlineData("""{"people":[{"code":"XY-7"},{"code":"xy"}]}""", 1, 1)]
    [InlineData("""{"text":"xy"}""", 0, 0)]
    [InlineData("""{"place":"Reno, NV"}""", 1, 0)]
    [InlineData("""{"place":"Reno, Nevada"}""", 0, 1)]
    [InlineData("""{"place":"Lima, Peru"}""", 0, 0)]
    public void Shape_is_compared_with_the_examples(string arguments, int like, int unlike)
    {
        FamilyProbe probe = Probe("", arguments);

        (probe["example_shape"], probe["other_shape"]).Should().Be((like, unlike));
    }

    [Fact]
    public void Examples_that_the_conversation_does_not_contain_are_copied()
    {
        Probe("Plan it", """{"code":"ab-12"}""")["example_copied"].Should().Be(1);
        Probe("Plan ab-12", """{"code":"AB-12"}""")["example_copied"].Should().Be(0);
        Probe("Plan Boston", """{"place":"Boston, MA"}""")["example_copied"].Should().Be(0);
    }

    [Theory]
    [InlineData("Austin, TX", "place_suffix,place_right,place_suffix_like_example")]
    [InlineData("Austin, Texas", "place_suffix,place_right,place_other_shape,place_suffix_unlike_example")]
    [InlineData("Austin, NY", "place_suffix,place_wrong,place_suffix_like_example")]
    [InlineData("Austin", "place_no_suffix")]
    [InlineData("Paris, Ile-de-France, France", "place_suffix,place_right")]
    [InlineData("Paris, Texas", "place_suffix,place_right,place_other_shape,place_suffix_unlike_example")]
    [InlineData("Nowhereville, TX", "place_suffix,place_suffix_like_example")]
    public void Places_with_state_or_country_are_judged(string place, string expected) =>
        Found(Probe("Go", $$"""{"place":"{{place}}"}"""), "place_").Should().BeEquivalentTo(expected.Split(','));

    [Fact]
    public void State_that_nobody_asked_for_counts()
    {
        Found(Probe("Go to Austin", """{"town":"Austin, TX"}"""), "place_")
            .Should().BeEquivalentTo("place_undemanded_suffix", "place_right");
        Found(Probe("Go to Austin, TX", """{"town":"Austin, TX"}"""), "place_").Should().BeEquivalentTo("place_right");
    }

    [Theory]
    [InlineData("day", "2024-05-07", "date_as_demanded")]
    [InlineData("day", "05/07/2024", "date_not_as_demanded")]
    [InlineData("day", "tomorrow", "date_not_as_demanded")]
    [InlineData("date", "2024-05-07", "date_undemanded_iso")]
    [InlineData("date", "May 7", "date_undemanded_other")]
    [InlineData("text", "2024-05-07", "")]
    [InlineData("text", "2024-05-06", "date_today")]
    public void Notation_of_dates_is_judged(string parameter, string value, string expected) =>
        Found(Probe("Go", $$"""{"{{parameter}}":"{{value}}"}"""), "date_")
            .Should().BeEquivalentTo(expected.Split(',', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Today_is_no_wonder_if_a_word_means_it() => Probe("Go today", """{"text":"2024-05-06"}""")["date_today"].Should().Be(0);

    [Theory]
    [InlineData("2024-01-01", "year_mentioned")]
    [InlineData("2019-01-01", "year_of_example")]
    [InlineData("2021-01-01", "year_other")]
    public void Year_comes_from_somewhere(string date, string expected) =>
        Found(Probe("Go", $$"""{"day":"{{date}}"}"""), "year_").Should().BeEquivalentTo(expected);

    [Theory]
    [InlineData("share", "7", "percent_as_number")]
    [InlineData("share", "0.07", "percent_as_fraction")]
    [InlineData("fraction", "7", "percent_as_undemanded_number")]
    [InlineData("fraction", "0.07", "percent_as_demanded_fraction")]
    [InlineData("fraction", "0.7", "")]
    public void Percentages_are_numbers_or_fractions(string parameter, string value, string expected) =>
        Found(Probe("Take 7% of it", $$"""{"{{parameter}}":{{value}}}"""), "percent_")
            .Should().BeEquivalentTo(expected.Split(',', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("The Hague", "title_article", 1)]
    [InlineData("The Hague", "article", 0)]
    [InlineData("the neutron", "article", 1)]
    [InlineData("the neutron", "title_article", 0)]
    [InlineData("the", "article", 0)]
    [InlineData("one two", "words", 0.2)]
    [InlineData("a b c d e f g h i", "long", 1)]
    [InlineData("shoes shirts", "extra_words", 0.2)]
    [InlineData("shirts", "extra_words", 0)]
    [InlineData("5 km", "unit", 1)]
    [InlineData("10%", "unit", 1)]
    [InlineData("$20", "unit", 1)]
    [InlineData("5 big km", "unit", 0)]
    [InlineData("20", "unit", 0)]
    [InlineData("km", "unit", 0)]
    [InlineData("red shoes", "lower_case", 1)]
    [InlineData("Red shoes", "lower_case", 0)]
    [InlineData("123", "lower_case", 0)]
    [InlineData("red_shoes", "underscore", 1)]
    [InlineData("my_file", "underscore", 0)]
    [InlineData("Text", "name_as_value", 1)]
    [InlineData("plan", "name_as_value", 1)]
    [InlineData("find me red shoes and open my_file", "whole_request", 1)]
    [InlineData("find me red shoes and open", "whole_request", 0)]
    [InlineData("red and blue", "merged", 1)]
    [InlineData("red, blue, green", "merged", 1)]
    [InlineData("red;blue", "merged", 1)]
    [InlineData("Austin, TX", "merged", 0)]
    [InlineData("Really?", "end_mark", 1)]
    [InlineData("Buy shoes.", "end_mark", 1)]
    [InlineData("St.", "end_mark", 0)]
    public void Wording_is_judged(string value, string feature, double expected) =>
        Probe("Find me red shoes and open my_file.", $$"""{"text":"{{value}}"}""")[feature].Should().Be(expected);

    [Fact]
    public void Allowed_values_are_written_as_they_are() =>
        Found(Probe("Go", """{"kind":"x_y"}"""), "").Should().BeEquivalentTo("words");

    [Fact]
    public void Other_values_than_texts_and_numbers_have_no_format() =>
        Probe("Go", """{"text":null,"date":true,"code":{},"unknown":"5 km"}""").Amounts.Should().BeEmpty();

    private static IEnumerable<string> Found(FamilyProbe probe, string prefix)
    {
        var family = new FormatFeatures();
        return probe.Amounts.Select(amount => family.Features[amount.Feature].Name["format.".Length..])
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal));
    }
}
