using ToolRM.Verification.Demands;
using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Demands;

public class ActionScannerTests
{
    private static List<uint> Scan(string text)
    {
        List<Word> words = Words.Scan(text);
        return ActionScanner.Scan(words, GapScanner.Scan(text, words));
    }

    [Theory]
    [InlineData("Please find a hotel and then book it", "find", "book")]
    [InlineData("I'd like to reserve a table. Also send my brother an email!", "reserve", "send")]
    [InlineData("Could you translate this, and play some jazz?", "translate", "play")]
    [InlineData("What is the weather in Rome; how far is Oslo", "what", "how")]
    public void Clauses_begin_with_verbs(string text, params string[] verbs) =>
        Scan(text).Should().Equal(verbs.Select(verb => VerbClasses.Of(Words.Stem(verb))));

    [Theory]
    [InlineData("I need a table for two")]
    [InlineData("I would like some tea")]
    public void A_wish_for_a_thing_is_an_action(string text) => Scan(text).Should().Equal(VerbClasses.Of("want"));

    [Fact]
    public void A_wish_to_do_something_is_one_action() => Scan("I want to play chess").Should().Equal(VerbClasses.Of("play"));

    [Theory]
    [InlineData("")]
    [InlineData("Two tickets for Rome and Oslo")]
    [InlineData("the book that I bought")]
    public void Other_words_are_no_actions(string text) => Scan(text).Should().BeEmpty();
}
