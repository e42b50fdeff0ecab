using ToolRM.Verification.Demands;
using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Demands;

public class ListScannerTests
{
    private static IEnumerable<string> Scan(string text)
    {
        List<Word> words = Words.Scan(text);
        return ListScanner.Scan(text, words, GapScanner.Scan(text, words)).Select(Show);
    }

    private static string Show(ListedItems list) => string.Join(" | ", list.Items.Select(item => string.Join(' ', item)));

    private static string Stems(string items) =>
        string.Join(" | ", items.Split(" | ").Select(item => string.Join(' ', Words.Scan(item).Select(word => word.Stem))));

    [Theory]
    [InlineData("The weather in Paris, London and Rome today", "Paris | London | Rome")]
    [InlineData("Compare New York and Los Angeles in June", "New York | Los Angeles")]
    [InlineData("the square roots of 3, 5, and 7", "3 | 5 | 7")]
    [InlineData("Find cheap flights & hotels in Rome", "cheap flights | hotels")]
    [InlineData("Tell me about Oslo, Bergen, Narvik", "Oslo | Bergen | Narvik")]
    [InlineData("in Paris, in London and in Rome", "Paris | London | Rome")]
    [InlineData("from Austin, TX and Reno, NV", "Austin | Reno")]
    [InlineData("the long and winding road", "long | winding road")]
    public void Items_are_divided_by_commas_and_and(string text, string items) => Scan(text).Should().Equal(Stems(items));

    [Fact]
    public void A_text_may_have_several_lists() =>
        Scan("From Oslo and Rome. Also 3, 4 and 5").Should().Equal(Stems("Oslo | Rome"), "3 | 4 | 5");

    [Theory]
    [InlineData("")]
    [InlineData("and, and, and")]
    [InlineData("a table in Paris, please")]
    [InlineData("Austin, TX")]
    [InlineData("a table for 2 at 7, and tell John")]
    [InlineData("book a table and find a taxi")]
    public void Other_texts_have_none(string text) => Scan(text).Should().BeEmpty();

    [Fact]
    public void Of_long_runs_the_words_beside_the_divider_count() =>
        Scan("apples one two three four five and pears six seven eight nine").Should().Equal(Stems("two three four five | pears six seven eight"));
}
