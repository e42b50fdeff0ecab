using ToolRM.Synthesis;

namespace ToolRM.Tests.Synthesis;

public sealed class TextSearchTests
{
    [Theory]
    [InlineData("to Rome or Romeo", "rome", 3)]
    [InlineData("to Romeo", "rome", -1)]
    [InlineData("5.5 or 15 or 5", "5", 13)]
    [InlineData("1,500 and 500.", "500", 10)]
    [InlineData("at 5, then", "5", 3)]
    [InlineData("C++", "C++", 0)]
    [InlineData("", "a", -1)]
    [InlineData("a", "", -1)]
    public void Values_are_found_between_word_boundaries(string text, string value, int index) =>
        TextSearch.IndexOfWord(text, value).Should().Be(index);

    [Theory]
    [InlineData("from Rome", "Rome", 5)]
    [InlineData("Rome to Rome", "Rome", -1)]
    [InlineData("Romeo in Rome", "Rome", -1)]
    [InlineData("Paris", "Rome", -1)]
    public void A_value_that_occurs_again_is_not_the_only_one(string text, string value, int index) =>
        TextSearch.IndexOfOnly(text, value).Should().Be(index);

    [Fact]
    public void Long_repetitions_take_no_time() =>
        TextSearch.IndexOfWord(new string('a', 1_000_000), "ab" + new string('a', 200)).Should().Be(-1);
}
