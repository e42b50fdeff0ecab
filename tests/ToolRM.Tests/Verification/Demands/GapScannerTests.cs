using ToolRM.Verification.Demands;
using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Demands;

public class GapScannerTests
{
    [Theory]
    [InlineData("red green", Gap.None)]
    [InlineData("red, green", Gap.Comma)]
    [InlineData("red & green", Gap.Ampersand)]
    [InlineData("red (green", Gap.Clause)]
    [InlineData("red; green", Gap.Clause)]
    [InlineData("red. Green", Gap.Sentence)]
    [InlineData("red,\ngreen", Gap.Sentence)]
    [InlineData("red?) green", Gap.Sentence)]
    [InlineData("example.com", Gap.None)]
    public void The_strongest_divider_counts(string text, object gap)
    {
        Gap[] gaps = GapScanner.Scan(text, Words.Scan(text));

        gaps.Should().Equal(Gap.None, (Gap)gap);
    }

    [Fact]
    public void Before_the_first_word_may_be_something() => GapScanner.Scan("! red", Words.Scan("! red")).Should().Equal(Gap.Sentence);
}
