using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Schemas;

public class DescriptionTests
{
    [Theory]
    [InlineData("Unit: 'metric' or \"imperial\".", "metric|imperial")]
    [InlineData("The user's name, not the driver's.", "")]
    [InlineData("Kinds of food (e.g., Thai, Greek or Indian). Do not guess.", "Thai|Greek|Indian")]
    [InlineData("A place, e.g. Boston, MA. The state is needed.", "Boston, MA")]
    [InlineData("A place, e.g. St. Louis, MO", "St. Louis, MO")]
    [InlineData("A code such as 'en' for English or 'es' for Spanish.", "en|es")]
    [InlineData("The format is 'City, State', like 'Reno, NV'.", "Reno, NV")]
    [InlineData("The day as 'YYYY-MM-DD', for example 2024-02-01.", "2024-02-01")]
    [InlineData("Anything you like to say", "")]
    [InlineData("A size like 4XL", "4XL")]
    [InlineData("Examples: red; more follow, much later", "red")]
    [InlineData("A file name, e.g. report.pdf", "report.pdf")]
    public void Examples_are_found(string description, string expected) =>
        string.Join('|', DescribedExamples.Read(description)).Should().Be(expected);

    [Fact]
    public void Examples_are_few_and_short()
    {
        string description = "e.g. " + string.Join(", ", Enumerable.Range(0, 90)) + $" '{new string('x', 61)}'";

        DescribedExamples.Read(description).Should().Equal(Enumerable.Range(0, 12).Select(number => $"{number}"));
    }

    [Theory]
    [InlineData("Defaults to 'New York'.", "new york")]
    [InlineData("Optional, default is Metric.", "metric")]
    [InlineData("The default value is -9.81 m/s^2", "-9.81")]
    [InlineData("Number of rooms (default 2)", "2")]
    [InlineData("The default: none", "none")]
    [InlineData("Default ''", "")]
    [InlineData("Celsius is used, kelvin by default", "kelvin")]
    [InlineData("Defaults to the current day", null)]
    [InlineData("The default unit of the user", null)]
    [InlineData("Included by default", null)]
    [InlineData("The default of the first is ignored, the second defaults to 7", "7")]
    [InlineData("No such thing", null)]
    public void Default_is_found(string description, string? expected) => DescribedDefault.Read(description).Should().Be(expected);

    [Theory]
    [InlineData("The city and state, please", true)]
    [InlineData("Format: City, State", true)]
    [InlineData("In the form \"City, Country\"", true)]
    [InlineData("For instance Fargo, ND", true)]
    [InlineData("The area (e.g., city, state, country)", false)]
    [InlineData("The country (e.g., USA, UK, Chile)", false)]
    [InlineData("The city, or nothing", false)]
    [InlineData("The capacity stated", false)]
    public void Wish_for_city_and_state_is_found(string description, bool expected) =>
        DescribedFormats.WantsCityAndState(description).Should().Be(expected);

    [Theory]
    [InlineData("As YYYY-MM-DD", DateNotation.YearMonthDayDashes)]
    [InlineData("such as 2024-5-17", DateNotation.YearMonthDayDashes)]
    [InlineData("An ISO 8601 date", DateNotation.YearMonthDayDashes)]
    [InlineData("yyyy/mm/dd", DateNotation.YearMonthDayOther)]
    [InlineData("Use dd/mm/yyyy, not YYYY-MM-DD", DateNotation.YearLastSlashes)]
    [InlineData("12.31.2024", DateNotation.YearLastOther)]
    [InlineData("mm-dd-yyyy", DateNotation.YearLastOther)]
    [InlineData("The day, in any form", null)]
    [InlineData("From 10 to 20", null)]
    public void Notation_of_dates_is_found(string description, object? expected) =>
        DescribedFormats.Date(description).Should().Be((DateNotation?)expected);

    [Theory]
    [InlineData("like 2023-01-01 or 5/6/2024, 12, 2021", "2023,2024,2021")]
    [InlineData("years, e.g. 2010, 2015, 2020", "")]
    [InlineData("Room 2023", "")]
    public void Years_of_dates_are_found(string description, string expected) =>
        string.Join(',', DescribedFormats.Years(description)).Should().Be(expected);

    [Theory]
    [InlineData("As a decimal", true)]
    [InlineData("for instance 0.05", true)]
    [InlineData("Number of decimal places", false)]
    [InlineData("In percent", false)]
    public void Wish_for_a_fraction_is_found(string description, bool expected) =>
        DescribedFormats.WantsDecimal(description).Should().Be(expected);

    [Fact]
    public void Long_hostile_descriptions_are_read()
    {
        string description = string.Concat(Enumerable.Repeat("default default: '\"`e.g. City, A 20", 20_000));

        DescribedExamples.Read(description).Should().HaveCountLessThanOrEqualTo(12);
        DescribedDefault.Read(description).Should().BeNull();
        DescribedFormats.Date(description).Should().BeNull();
        DescribedFormats.Years(description).Should().BeEmpty();
        DescribedFormats.WantsCityAndState(description).Should().BeFalse();
    }

    [Theory]
    [InlineData("New York, NY", "T, A")]
    [InlineData("Los Angeles, CA", "T, A")]
    [InlineData("los angeles", "a")]
    [InlineData("USA", "A")]
    [InlineData("NASA", "T")]
    [InlineData("2024-05-17", "0-0-0")]
    [InlineData("a_b C", "a_a A")]
    [InlineData("a  b", "a  a")]
    [InlineData("Élan vital", "T a")]
    [InlineData("", "")]
    public void Shape_is_that_of_the_words(string text, string expected) => TextShape.Of(text).Should().Be(expected);
}
