using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Text;

public class DateMentionsTests
{
    // A Friday.
    private const string Today = "Current date: 2024-05-17. ";

    [Theory]
    [InlineData("on May 5", "5/5")]
    [InlineData("on Sept. 5th, 2024", "9/5")]
    [InlineData("the 5th of March", "3/5")]
    [InlineData("5 march", "3/5")]
    [InlineData("on 7th of this march", "3/7")]
    [InlineData("March the fifth", "3/5")]
    [InlineData("on the twenty first of June", "6/21")]
    [InlineData("May 5-7", "5/5 5/7")]
    [InlineData("from the 3rd to the 9th of April", "4/3 4/9")]
    [InlineData("June 1 and 2", "6/1 6/2")]
    [InlineData("2024-05-17", "5/17")]
    [InlineData("2024.05.17", "5/17")]
    [InlineData("at 2024-05-17T19:30", "5/17")]
    [InlineData("20240517", "5/17")]
    [InlineData("05/17/2024", "5/17")]
    [InlineData("3/4/2024", "3/4 4/3")]
    [InlineData("3/14", "3/14")]
    [InlineData("17.05.24", "5/17")]
    [InlineData("30 people in March 2024", "")]
    [InlineData("February 30", "")]
    [InlineData("I may need 3.5 of 99/99", "")]
    public void Days_of_months_are_read(string text, string days) =>
        string.Join(' ', Read(text).MonthDays.Order().Select(day => $"{day.Month}/{day.Day}")).Should().Be(days);

    [Fact]
    public void Ordinals_and_months_stand_alone()
    {
        DateMentions dates = Read("either the 5th or the 22nd, in June");

        dates.Ordinals.Should().BeEquivalentTo([5, 22]);
        dates.Months.Should().Equal(6);
        dates.MonthDays.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Current date: 2024-05-17 (Friday).")]
    [InlineData("Today is Friday, May 17th 2024.")]
    [InlineData("Today's date is the 17th of May, 2024")]
    [InlineData("today: 05/17/2024")]
    [InlineData("The current time is 2024-05-17 10:00")]
    public void Today_is_read(string text) => Read(text).Today.Should().Be(new DateOnly(2024, 5, 17));

    [Theory]
    [InlineData("I want to go today with 5 people")]
    [InlineData("today is May 17")]
    [InlineData("current date: 2024-13-45")]
    public void Today_is_not_guessed(string text) => Read(text).Today.Should().BeNull();

    [Theory]
    [InlineData("today or tonight", "5/17")]
    [InlineData("tomorrow", "5/18")]
    [InlineData("the day after tomorrow", "5/19")]
    [InlineData("yesterday", "5/16")]
    [InlineData("this evening", "5/17")]
    [InlineData("on Monday", "5/20")]
    [InlineData("next Monday", "5/20 5/27")]
    [InlineData("Monday of next week", "5/20 5/24 5/27")]
    [InlineData("last Monday", "5/13")]
    [InlineData("this friday", "5/17 5/24")]
    [InlineData("this weekend", "5/18 5/19")]
    [InlineData("next week", "5/24")]
    [InlineData("in three days", "5/20")]
    [InlineData("10 days from now", "5/27")]
    [InlineData("2 weeks ago", "5/3")]
    [InlineData("in a week", "5/24")]
    [InlineData("next month", "6/1 6/17")]
    [InlineData("two years ago", "5/17")]
    [InlineData("for three days", "")]
    [InlineData("in 99999 days", "")]
    public void Relative_days_are_resolved(string text, string days) =>
        string.Join(' ', Read(Today + text).Resolved.Order().Select(day => $"{day.Month}/{day.Day}")).Should().Be(days);

    [Theory]
    [InlineData("Current date: 2024-05-17 (Friday). Hello")]
    [InlineData("Today is Friday, May 17th 2024. Hello")]
    public void What_tells_today_is_no_mention_of_a_day(string text)
    {
        DateMentions dates = Read(text);

        dates.HasRelative.Should().BeFalse();
        dates.Resolved.Should().BeEmpty();
        dates.MonthDays.Should().BeEmpty();
    }

    [Fact]
    public void Relative_days_without_today_are_noticed_only()
    {
        DateMentions dates = Read("see you tomorrow");

        dates.HasRelative.Should().BeTrue();
        dates.Resolved.Should().BeEmpty();
        Read("see you on May 5").HasRelative.Should().BeFalse();
    }

    [Theory]
    [InlineData("2024-05-17T10:00", DateNotation.YearMonthDayDashes, 2024, 5, 17)]
    [InlineData("2024/5/7", DateNotation.YearMonthDayOther, 2024, 5, 7)]
    [InlineData("05/17/2024", DateNotation.YearLastSlashes, 2024, 5, 17)]
    [InlineData("17.05.2024", DateNotation.YearLastOther, 2024, 17, 5)]
    internal void Written_dates_tell_their_notation(string text, DateNotation notation, int year, int first, int second)
    {
        WrittenDate date = WrittenDate.Read(text)!.Value;

        (date.Notation, date.Year, date.First, date.Second).Should().Be((notation, year, first, second));
    }

    [Theory]
    [InlineData("2024-05")]
    [InlineData("2024-05/17")]
    [InlineData("05/17/24")]
    [InlineData("on 2024-05-17")]
    [InlineData("12345-05-17")]
    [InlineData("")]
    public void Other_texts_are_no_written_dates(string text) => WrittenDate.Read(text).Should().BeNull();

    [Fact]
    public void A_day_that_may_be_either_way_has_both_readings()
    {
        WrittenDate.Read("03/04/2024")!.Value.OtherMonthDay.Should().Be((4, 3));
        WrittenDate.Read("13/04/2024")!.Value.MonthDay.Should().Be((4, 13));
        WrittenDate.Read("2024-03-04")!.Value.OtherMonthDay.Should().BeNull();
    }

    private static DateMentions Read(string text) => DateMentions.Read(text, Words.Scan(text));
}
