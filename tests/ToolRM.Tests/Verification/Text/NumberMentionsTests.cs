using System.Globalization;
using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Text;

public class NumberMentionsTests
{
    [Theory]
    [InlineData("1,200.50 dollars", "1200.5")]
    [InlineData("12,34,567 rupees", "1234567")]
    [InlineData("$5", "5")]
    [InlineData("costs -3.5 in all", "3.5")]
    [InlineData("5%", "5 0.05")]
    [InlineData("7 percent", "7 0.07")]
    [InlineData("3k", "3 3000")]
    [InlineData("2.5 million", "2.5 2500000")]
    [InlineData("2 dozen eggs", "2 24")]
    [InlineData("1e-3", "0.001")]
    [InlineData("10km at 7pm", "10 7")]
    [InlineData("the 5th", "5")]
    [InlineData("[100,200]", "100 200")]
    [InlineData("3,5", "3 5")]
    [InlineData("1/4 cup", "1 4 0.25")]
    [InlineData("a .5 share", "0.5")]
    [InlineData("and so on...500", "500")]
    [InlineData("facility 35R8ZNS6P", "35")]
    [InlineData("twenty five", "25")]
    [InlineData("twenty-first", "21")]
    [InlineData("two hundred and fifty", "250")]
    [InlineData("two hundred thousand", "200000")]
    [InlineData("one million two hundred", "1000200")]
    [InlineData("a hundred", "100")]
    [InlineData("nineteen ninety nine", "19 1999 99")]
    [InlineData("twenty twenty four", "20 2024 24")]
    [InlineData("two and a half hours", "2.5")]
    [InlineData("one two three", "1 2 3")]
    [InlineData("half, both, twice", "0.5 2")]
    [InlineData("5 hundred", "5 500")]
    [InlineData("nothing here", "")]
    public void Numbers_are_read_however_they_are_written(string text, string values) =>
        Read(text).Values.Select(value => Math.Abs(value).ToString(CultureInfo.InvariantCulture))
            .Should().BeEquivalentTo(values.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Mentions_have_all_readings_in_order()
    {
        List<NumberMention> mentions = NumberMentions.Scan("Add 5% to $3k, room A7 or 12");

        mentions.Select(mention => string.Join('|', mention.Readings)).Should().Equal("5|0.05", "3|3000", "12");
        mentions.Select(mention => mention.IsPercent).Should().Equal(true, false, false);
    }

    [Fact]
    public void Percentages_are_kept_as_written() => Read("from 5% to 7.5 percent of 9").Percentages.Should().Equal(5, 7.5);

    [Theory]
    [InlineData(0.07, true)]
    [InlineData(-7, true)]
    [InlineData(0.7 * 0.1, true)]
    [InlineData(0.0701, false)]
    [InlineData(70, false)]
    public void Values_are_found_up_to_rounding_and_sign(double value, bool isFound) => Read("7%").Contains(value).Should().Be(isFound);

    [Fact]
    public void Endless_lists_take_linear_time() =>
        NumberMentions.Scan(string.Concat(Enumerable.Repeat("1,22,", 100_000))).Should().NotBeEmpty();

    private static NumberMentions Read(string text) => NumberMentions.Read(text, Words.Scan(text), "");
}
