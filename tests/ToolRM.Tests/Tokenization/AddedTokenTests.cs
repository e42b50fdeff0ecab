namespace ToolRM.Tests.Tokenization;

public sealed class AddedTokenTests
{
    [Fact]
    public void The_longest_of_those_that_start_leftmost_is_taken() =>
        new MiniTokenizer().Adding(300, "<a").Adding(301, "<a>").Adding(302, "a>b").Encode("<a>b<a").Should().Equal(301, 'b', 300);

    [Fact]
    public void A_prefix_of_a_token_is_text() => new MiniTokenizer().Adding(300, "<abc>").Encode("<ab").Should().Equal('<', 'a', 'b');

    [Fact]
    public void A_failed_start_does_not_hide_the_next_one() => new MiniTokenizer().Adding(300, "<<a").Encode("<<<a").Should().Equal('<', 300);

    [Fact]
    public void Whitespace_is_swallowed_on_the_sides_that_say_so()
    {
        new MiniTokenizer().Adding(300, "<m>", "lstrip").Encode("a \n<m> b").Should().Equal('a', 300, ' ', 'b');
        new MiniTokenizer().Adding(300, "<m>", "rstrip").Encode("a <m>\t b").Should().Equal('a', ' ', 300, 'b');
        new MiniTokenizer().Adding(300, "<m>", "rstrip", "lstrip").Encode("<m>  <m> ").Should().Equal(300, 300);
    }

    [Fact]
    public void A_single_word_touches_no_word()
    {
        MiniTokenizer tokenizer = new MiniTokenizer().Adding(300, "or", "single_word");
        tokenizer.Encode("or-or").Should().Equal(300, '-', 300);
        tokenizer.Encode("for or_ o").Should().Equal('f', 'o', 'r', ' ', 'o', 'r', '_', ' ', 'o');
    }

    [Fact]
    public void A_normalized_token_is_found_in_the_normalised_text_and_others_in_the_given_one()
    {
        MiniTokenizer tokenizer = new MiniTokenizer().With("normalizer", """{"type": "NFC"}""").Adding(300, "\u212B", "normalized").Adding(301, "e\u0301");
        tokenizer.Encode("A\u030Ae\u0301").Should().Equal(300, 301);
        tokenizer.Encode("é").Should().Equal(0xC3, 0xA9);
    }

    [Fact]
    public void Tokens_are_printed_as_they_are_written_even_outside_the_byte_alphabet() =>
        new MiniTokenizer().Adding(300, "<é 日>").Load().Decode([300, 'a']).Should().Be("<é 日>a");

    [Fact]
    public void A_prefix_space_is_put_before_every_part_between_tokens() =>
        new MiniTokenizer().With("pre_tokenizer.add_prefix_space", "true").Adding(300, "<m>").Encode("a<m>b<m> c")
            .Should().Equal(' ', 'a', 300, ' ', 'b', 300, ' ', 'c');
}
