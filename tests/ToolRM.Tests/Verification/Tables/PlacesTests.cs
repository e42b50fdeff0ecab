using ToolRM.Verification.Tables;

namespace ToolRM.Tests.Verification.Tables;

public class PlacesTests
{
    [Theory]
    [InlineData("San Francisco", "CA", true)]
    [InlineData("san francisco", " California ", true)]
    [InlineData("San Francisco", "USA", true)]
    [InlineData("San Francisco", "TX", false)]
    [InlineData("Portland", "ME", true)]
    [InlineData("Portland", "OR", true)]
    [InlineData("St. Louis", "MO", true)]
    [InlineData("Washington", "D.C.", true)]
    [InlineData("Washington, D.C.", "DC", true)]
    [InlineData("London", "UK", true)]
    [InlineData("London", "Ontario", true)]
    [InlineData("London", "France", false)]
    [InlineData("Paris", "FR", true)]
    [InlineData("Paris", "TX", true)]
    [InlineData("São Paulo", "Brazil", true)]
    [InlineData("McAllen", "TX", true)]
    [InlineData("Nowhereville", "TX", null)]
    public void Cities_lie_where_they_lie(string city, string region, bool? expected) => Places.Lies(city, region).Should().Be(expected);

    [Theory]
    [InlineData("Paris", "France", true)]
    [InlineData("Paris", "TX", false)]
    [InlineData("Tel Aviv", "IL", true)]
    [InlineData("Chicago", "IL", false)]
    [InlineData("Chicago", "France", false)]
    public void Cities_abroad_are_told_from_those_in_the_US(string city, string region, bool expected) =>
        Places.LiesAbroad(city, region).Should().Be(expected);

    [Fact]
    public void Long_names_are_no_cities() => Places.IsKnown(new string('a', 1_000_000)).Should().BeFalse();

    [Fact]
    public void Table_is_well_formed()
    {
        foreach (string line in TableFile.Read("cities.txt"))
        {
            string[] cells = line.Split('\t');
            cells.Should().HaveCount(2, line);
            line.Should().Be(line.ToLowerInvariant()).And.NotContain("  ");
            (cells[0].Contains('|', StringComparison.Ordinal) || States.Name(cells[0]) is not null).Should().BeTrue(line);
            cells[1].Split(", ").Should().OnlyHaveUniqueItems(line).And.NotContain("");
        }
    }

    [Fact]
    public void States_have_names_and_abbreviations()
    {
        States.Abbreviation("new york").Should().Be("ny");
        States.Name("dc").Should().Be("district of columbia");
        States.Abbreviation("ontario").Should().BeNull();
        TableFile.Read("states.txt").Should().HaveCount(51);
    }
}
