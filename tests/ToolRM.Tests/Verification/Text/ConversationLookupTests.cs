using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Text;

/// <summary>Looking up stems and values in a conversation.</summary>
public class ConversationLookupTests
{
    private static Conversation Say(string text) => Conversation.Read([ChatMessage.User(text)]);

    private static string Places(string text, string value) =>
        string.Join(' ', Say(text).Locate(value).Select(place => $"{place.First}-{place.Last}"));

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    [Theory]
    [InlineData("show the statistics", "stat", true)]
    [InlineData("show the stat", "statistic", true)]
    [InlineData("some information", "info", true)]
    [InlineData("the weather", "weather", true)]
    [InlineData("at the station", "statistic", false)]
    [InlineData("a stamp", "stat", false)]
    [InlineData("the information", "inf", false)]
    [InlineData("to fly", "flyer", false)]
    [InlineData("fly", "fly", false)]
    [InlineData("", "stat", false)]
    [InlineData("the stat", "", false)]
    public void Short_and_long_forms_begin_alike_with_at_least_four_letters(string text, string stem, bool expected)
    {
        Conversation conversation = Say(text);

        conversation.HasShortOrLongForm(stem).Should().Be(expected);
        conversation.HasShortOrLongForm(stem).Should().Be(expected, "what is kept answers the same");
    }

    [Theory]
    [InlineData("x x x x x x", "x", "2-2 3-3 4-4 5-5")]
    [InlineData("new york or new york or new york or new york or new york", "New York", "3-4 6-7 9-10 12-13")]
    [InlineData("new york and new and new and new and new", "New York", "0-1")]
    [InlineData("new new new new new new", "New York", "2-2 3-3 4-4 5-5")]
    [InlineData("7 or 7 or 7 or 7 or 7", "7.0", "2-2 4-4 6-6 8-8")]
    [InlineData("two or 2", "2.0", "2-2")]
    [InlineData("new york", "new york city", "0-0")]
    public void The_last_four_places_are_told_in_their_order(string text, string value, string places) =>
        Places(text, value).Should().Be(places);

    [Fact]
    public void A_value_is_looked_for_at_the_last_64_places_of_its_first_word()
    {
        Places("new york" + Repeat(" new", 63), "New York").Should().Be("0-1");
        Places("new york" + Repeat(" new", 64), "New York").Should().Be("62-62 63-63 64-64 65-65");
    }

    [Fact]
    public void Hostile_repetition_comes_to_an_end()
    {
        Conversation conversation = Say(Repeat("a ", 200_000));

        for (int i = 0; i < 20; i++)
        {
            conversation.Locate(Repeat("a ", 1_000) + "b").Should().HaveCount(4);
            conversation.Locate(Repeat("a ", 1_000)).Should().HaveCount(4);
        }
    }
}
