using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Text;

public class TimeMentionsTests
{
    [Theory]
    [InlineData("at 7pm", "19:00")]
    [InlineData("at 7 A.M. sharp", "7:00")]
    [InlineData("12 am and 12pm", "0:00 12:00")]
    [InlineData("7:30", "7:30 19:30")]
    [InlineData("19:30:15", "19:30")]
    [InlineData("07:30", "7:30")]
    [InlineData("7.30 pm", "19:30")]
    [InlineData("costs 7.30", "")]
    [InlineData("2024-05-17T19:30", "19:30")]
    [InlineData("7 o'clock", "7:00 19:00")]
    [InlineData("8 in the evening", "20:00")]
    [InlineData("seven in the morning", "7:00")]
    [InlineData("seven thirty", "7:30 19:30")]
    [InlineData("half past six", "6:30 18:30")]
    [InlineData("quarter to 8 in the evening", "19:45")]
    [InlineData("ten minutes to one pm", "12:50")]
    [InlineData("at seven", "7:00 19:00")]
    [InlineData("at 7 for 4 people", "7:00 19:00")]
    [InlineData("7-9pm", "7:00 19:00 21:00")]
    [InlineData("afternoon 2 and morning 11", "11:00 14:00")]
    [InlineData("in the evening at seven", "19:00")]
    [InlineData("noon", "12:00")]
    [InlineData("midnight", "0:00 24:00")]
    [InlineData("1930 hours", "19:30")]
    [InlineData("seven people from five to nine restaurants", "5:00 17:00")]
    [InlineData("at 7% or 7 people, 25:00", "")]
    [InlineData("2024-05-17 5/17", "")]
    public void Times_are_read(string text, string times) =>
        string.Join(' ', TimeMentions.Read(text, Words.Scan(text)).Values.Order().Select(time => $"{time.Hour}:{time.Minute:00}"))
            .Should().Be(times);

    [Theory]
    [InlineData("19:30", 19, 30)]
    [InlineData("7:30 pm", 19, 30)]
    [InlineData("19:30:00", 19, 30)]
    [InlineData("19:30:00.000Z", 19, 30)]
    [InlineData("7PM", 19, 0)]
    [InlineData("12:15 AM", 0, 15)]
    public void A_value_that_is_a_time_is_read(string text, int hour, int minute) =>
        TimeMentions.Read(text.AsSpan()).Should().Be((hour, minute));

    [Theory]
    [InlineData("7")]
    [InlineData("7.30")]
    [InlineData("7:30 tables")]
    [InlineData("25:00")]
    [InlineData("7:60")]
    [InlineData("")]
    public void Other_values_are_no_times(string text) => TimeMentions.Read(text.AsSpan()).Should().BeNull();
}
