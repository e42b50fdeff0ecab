using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Tables;

public class VerbClassesTests
{
    private static uint Of(string word) => VerbClasses.Of(Words.Stem(word));

    [Theory]
    [InlineData("find", "searching")]
    [InlineData("booked", "reservation")]
    [InlineData("calculates", "computing")]
    [InlineData("deleted", "removal")]
    [InlineData("translate", "conversion")]
    public void Forms_and_nouns_are_of_the_verbs_kind(string left, string right) => (Of(left) & Of(right)).Should().NotBe(0);

    [Theory]
    [InlineData("create", "delete")]
    [InlineData("book", "cancel")]
    [InlineData("play", "calculate")]
    [InlineData("lock", "remind")]
    public void Different_actions_are_of_different_kinds(string left, string right)
    {
        Of(left).Should().NotBe(0);
        Of(right).Should().NotBe(0);
        (Of(left) & Of(right)).Should().Be(0);
    }

    [Fact]
    public void A_word_may_be_of_several_kinds()
    {
        (Of("order") & Of("buy")).Should().NotBe(0);
        (Of("order") & Of("sort")).Should().NotBe(0);
    }

    [Fact]
    public void Other_words_are_of_no_kind()
    {
        Of("banana").Should().Be(0);
        VerbClasses.Of(Words.Scan("the red table")).Should().Be(0);
    }

    [Fact]
    public void Nouns_are_no_verbs()
    {
        VerbClasses.IsVerb(Words.Stem("reservation")).Should().BeFalse();
        VerbClasses.IsVerb(Words.Stem("reserving")).Should().BeTrue();
        VerbClasses.IsVerb("banana").Should().BeFalse();
    }

    [Fact]
    public void Kinds_of_words_are_put_together() =>
        VerbClasses.Of(Words.Scan("find a table and book it")).Should().Be(Of("find") | Of("book"));
}
