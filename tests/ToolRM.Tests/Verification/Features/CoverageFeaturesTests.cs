using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class CoverageFeaturesTests
{
    private static readonly Tool[] _tools =
    [
        Tool.Create("book_table", "Books a table.", """
            {"type":"object","properties":{"place":{"type":"string"},"people":{"type":"integer"},"rooms":{"type":"integer"},"note":{"type":"string"}}}
            """),
    ];

    private static FamilyProbe Probe(string user, params string[] arguments) =>
        new(new CoverageFeatures(), user, _tools, [.. arguments.Select(json => ToolCall.Parse("book_table", json))]);

    [Fact]
    public void Numbers_that_no_argument_has_are_unused()
    {
        FamilyProbe probe = Probe("for 4 people, 2 rooms and 19 guests", """{"people":4,"note":"2 rooms"}""");

        probe["numbers_unused"].Should().Be(1);
        probe["numbers_unused_log"].Should().Be(Math.Log(2));
        probe["numbers_used_share"].Should().BeApproximately(2 / 3.0, 1e-12);
        probe["single_call_uncovered"].Should().Be(1);
    }

    [Theory]
    [InlineData("a rate of 5%", """{"people":0.05}""")]
    [InlineData("a rate of 5%", """{"people":5}""")]
    [InlineData("at 7 pm", """{"note":"19:00"}""")]
    [InlineData("minus 3", """{"people":-3}""")]
    [InlineData("May 12", """{"note":"2030-05-12"}""")]
    [InlineData("about 1,200", """{"people":1200}""")]
    public void Any_reading_of_a_number_is_a_use(string user, string arguments) => Probe(user, arguments)["numbers_used_share"].Should().Be(1);

    [Fact]
    public void Unused_numbers_are_capped() =>
        Probe("21 22 23 24 25 26 27 28", "{}")["numbers_unused"].Should().Be(6);

    [Fact]
    public void Numbers_used_more_often_than_said_are_counted_for_each_call()
    {
        Probe("for 3 people", """{"people":3,"rooms":3}""")["numbers_too_often"].Should().Be(1);
        Probe("for 3 people in 3 rooms", """{"people":3,"rooms":3}""")["numbers_too_often"].Should().Be(0);
        Probe("for 3 people", """{"people":3}""", """{"people":3}""")["numbers_too_often"].Should().Be(0);
        Probe("for some people", """{"people":3,"rooms":3}""")["numbers_too_often"].Should().Be(0);
    }

    [Fact]
    public void Names_count_by_their_words()
    {
        FamilyProbe probe = Probe("find a table at Blue Lagoon near the Old Mill", """{"place":"blue lagoon","note":"mill"}""");

        probe["names_unused"].Should().Be(0.5);
        probe["names_used_share"].Should().Be(0.75);
    }

    [Fact]
    public void Quotes_count_as_a_whole()
    {
        FamilyProbe probe = Probe("""write "see you" and "bring a cake" on it""", """{"note":"See you"}""");

        probe["quotes_unused"].Should().Be(1);
        probe["quotes_used_share"].Should().Be(0.5);
    }

    [Fact]
    public void Content_is_in_values_or_explained_by_the_function()
    {
        FamilyProbe probe = Probe("table beside sunny windows", """{"note":"a sunny window"}""");

        probe["content_share"].Should().Be(0.5);
        probe["explained_share"].Should().Be(0.75);
    }

    [Fact]
    public void Several_calls_or_full_cover_are_no_single_uncovered_call()
    {
        Probe("for 3 people", """{"people":3}""")["single_call_uncovered"].Should().Be(0);
        Probe("for 3 people", """{"people":4}""", """{"people":5}""")["single_call_uncovered"].Should().Be(0);
    }

    [Fact]
    public void A_text_uses_nothing()
    {
        var probe = new FamilyProbe(new CoverageFeatures(), ToolPrompt.FromUser("for 3 people", _tools), Candidate.FromText("For 3 people?"));

        probe["numbers_unused"].Should().Be(1);
        probe["content_share"].Should().Be(0);
    }
}
