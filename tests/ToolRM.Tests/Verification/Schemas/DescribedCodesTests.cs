using ToolRM.Verification.Schemas;

namespace ToolRM.Tests.Verification.Schemas;

public class DescribedCodesTests
{
    private static string Read(string description) =>
        string.Join("; ", DescribedCodes.Read(description).Select(code => $"{code.Code}: {string.Join(' ', code.Stems)}"));

    [Theory]
    [InlineData("ID of the city. For example, 1 for Lisbon, 2 for Porto.", "1: lisbon; 2: porto")]
    [InlineData("0 = closed, 1=open", "0: clos; 1: open")]
    [InlineData("Sort order: 0: newest first, 1: best rated", "0: newest first; 1: best rate")]
    [InlineData("city (1 (Lisbon), 2 (Porto))", "1: lisbon; 2: porto")]
    [InlineData("10 represents red; 20 Represents green", "10: red; 20: green")]
    [InlineData("1 means Faro. 2 stands for Braga. 3 is Evora", "1: faro; 2: braga; 3: evora")]
    [InlineData("1 - small, 2 – large", "1: small; 2: larg")]
    [InlineData("'m' for metric, \"i\" for imperial units", "m: metric; i: imperial unit")]
    [InlineData("'kg': kilograms, 'lb': pounds", "kg: kilogram; lb: pound")]
    public void Codes_are_read_with_what_they_mean(string description, string codes) => Read(description).Should().Be(codes);

    [Theory]
    [InlineData("")]
    [InlineData("Number of people")]
    [InlineData("For example, 1 for Lisbon")]
    [InlineData("v1 for Lisbon, x2 for Porto")]
    [InlineData("0.5 for half, 1.5 for more")]
    [InlineData("1234567 for Lisbon, 7654321 for Porto")]
    [InlineData("1 for the, 2 is a")]
    [InlineData("1 forty, 2 isle")]
    [InlineData("From 1, 2 or 3 to 10")]
    [InlineData("'a code' for Lisbon, 'other code' for Porto")]
    public void A_single_code_and_other_numbers_are_none(string description) => Read(description).Should().BeEmpty();

    [Fact]
    public void Words_that_say_nothing_are_left_out_of_the_meaning() =>
        Read("1 for the city of Porto and Porto, 2 for Faro").Should().Be("1: citi porto; 2: faro");

    [Fact]
    public void Forty_codes_are_read() =>
        DescribedCodes.Read(string.Join(", ", Enumerable.Range(0, 100).Select(i => $"{i} for town"))).Select(code => code.Code)
            .Should().Equal(Enumerable.Range(0, 40).Select(i => $"{i}"));

    [Fact]
    public void The_codes_of_a_parameter_are_read_once()
    {
        Tool tool = Tool.Create("f", null, """{"properties":{"a":{"description":"1 for Lisbon, 2 for Porto"},"b":{}}}""");
        FunctionFacts function = FunctionFacts.Of(tool);

        IReadOnlyList<DescribedCode> codes = DescribedCodes.Of(function.Find("a")!);

        codes.Select(code => code.Code).Should().Equal("1", "2");
        DescribedCodes.Of(function.Find("a")!).Should().BeSameAs(codes);
        DescribedCodes.Of(function.Find("b")!).Should().BeEmpty();
    }

    [Fact]
    public void Long_hostile_descriptions_come_to_an_end()
    {
        foreach (string piece in (string[])
            ["1 for ", "1 ( ", "'", "'a", "\"", "1\t\t\t", "123456", "1 = 2 = ", "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1 for town, "])
        {
            DescribedCodes.Read(string.Concat(Enumerable.Repeat(piece, 50_000))).Length.Should().BeLessThanOrEqualTo(40);
        }
    }
}
