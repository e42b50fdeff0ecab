using ToolRM.Verification.Features;

namespace ToolRM.Tests.Verification.Features;

public class OptionalFeaturesTests
{
    private static readonly Tool[] _tools =
    [
        Tool.Create("search", "Searches.", """
            {"type":"object","properties":{"text":{"type":"string"},"max_price":{"type":"number"},
            "color":{"type":"string","enum":["red","dark blue","x"]},
            "sorted":{"type":"boolean"},"unit":{"type":"string","default":"euro"}},"required":["text"]}
            """),
    ];

    private static FamilyProbe Probe(string user, string arguments) =>
        new(new OptionalFeatures(), user, _tools, ToolCall.Parse("search", arguments));

    [Fact]
    public void Defaults_do_not_count_as_given()
    {
        FamilyProbe probe = Probe("Find shoes, whatever the unit", """{"text":"shoes","unit":"euro","sorted":false,"max_price":70}""");

        probe["named"].Should().Be(0, "the unit is given its default");
        probe["unnamed"].Should().Be(1, "of sorted and max_price only the second is no default");
    }

    [Fact]
    public void Required_arguments_do_not_count() =>
        Probe("", """{"text":"zzz"}""").Amounts.Should().NotContain(amount => amount.Parameter == "text");

    [Fact]
    public void Omitted_parameters_that_the_request_speaks_of_count()
    {
        FamilyProbe probe = Probe("Find dark blue shoes, sorted, with a price of 30", """{"text":"shoes"}""");

        probe["omitted"].Should().Be(4);
        probe["omitted_named"].Should().Be(1, "of sorted");
        probe["omitted_boolean"].Should().Be(1);
        probe["omitted_partly_named"].Should().Be(2, "of sorted and max_price");
        probe["omitted_number"].Should().Be(1);
        probe["omitted_enum"].Should().Be(1);
    }

    [Fact]
    public void Allowed_value_that_is_used_elsewhere_is_not_left_out() =>
        Probe("Find red shoes", """{"text":"Red"}""")["omitted_enum"].Should().Be(0);

    [Fact]
    public void Allowed_values_of_one_letter_are_not_looked_for() =>
        Probe("Find size x", """{"text":"size"}""")["omitted_enum"].Should().Be(0);
}
