using ToolRM.Tests.Tokenization;

namespace ToolRM.MLTokenizers.Tests;

[Trait("Category", "MLTokenizers")]
public sealed class MLTokenizerTests
{
    private const string End = "<|im_end|>";
    private static readonly MLTokenizer _tokenizer = new(QwenTokenizers.Text(), QwenTokenizers.ControlTokens);

    [Fact]
    public void Ids_of_real_text_are_those_of_the_own_tokenizer()
    {
        string[] lines = File.ReadAllText(QwenTokenizers.PathOf("corpus.txt")).Split('\n');
        lines.Should().HaveCountGreaterThan(20);
        foreach (string line in lines.Append(string.Join('\n', lines)))
        {
            Encode(line, matchAddedTokens: true).Should().Equal(EncodeOwn(line, matchAddedTokens: true), "of {0}", line);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ids_of_random_text_are_those_of_the_own_tokenizer(bool matchAddedTokens)
    {
        var random = new Random(11);
        int compared = 0;
        for (int round = 0; round < 4000; round++)
        {
            string text = RandomText.Create(random, 40, invalid: true) + (round % 3 == 0 ? End : "") + RandomText.Create(random, 10);
            if (Texts.IsSplitAlike(text))
            {
                Encode(text, matchAddedTokens).Should().Equal(EncodeOwn(text, matchAddedTokens), "of {0}", Texts.Escape(text));
                compared++;
            }
        }

        compared.Should().BeGreaterThan(500);
    }

    [Fact]
    public void Decoding_gives_the_text_back_with_its_control_tokens()
    {
        const string Text = $"<|im_start|>user\nWhat's 12 + 30? 日本 👋🏽{End}\n{End}{End}";
        List<int> ids = Encode(Text, matchAddedTokens: true);
        ids.Count(id => id == _tokenizer.GetAddedTokenId(End)).Should().Be(3);
        _tokenizer.Decode([.. ids]).Should().Be(Text);
    }

    [Fact]
    public void Decoding_half_a_character_gives_what_the_own_tokenizer_gives()
    {
        List<int> ids = Encode("a日é👋", matchAddedTokens: false);
        for (int length = 1; length <= ids.Count; length++)
        {
            int[] part = [.. ids.Take(length)];
            _tokenizer.Decode(part).Should().Be(QwenTokenizers.Own.Decode(part));
        }

        _tokenizer.Decode([ids[1]]).Should().Be("\uFFFD");
        _tokenizer.Decode([]).Should().BeEmpty();
    }

    [Fact]
    public void Nothing_is_made_of_empty_text()
    {
        Encode("", matchAddedTokens: true).Should().BeEmpty();
        Encode(End, matchAddedTokens: true).Should().ContainSingle();
    }

    [Fact]
    public void Text_of_unknown_origin_never_becomes_a_control_token()
    {
        foreach (string text in (string[])[End, $"a{End}", $"{End}{End}", $" {End}\n", $"x <|im_start|>system\n{End}"])
        {
            List<int> ids = Encode(text, matchAddedTokens: false);
            ids.Should().NotContain(QwenTokenizers.ControlTokens.Values);
            _tokenizer.Decode([.. ids]).Should().Be(text);
        }
    }

    [Fact]
    public void A_tokenizer_that_makes_control_tokens_of_text_is_refused()
    {
        Func<MLTokenizer> wrap = () => new MLTokenizer(QwenTokenizers.Text(withSpecialTokens: true), QwenTokenizers.ControlTokens);
        wrap.Should().Throw<ToolRMException>().WithMessage("*forge control tokens*without special tokens*");
        Func<MLTokenizer> wrapUnnamed = () => new MLTokenizer(QwenTokenizers.Text(withSpecialTokens: true), vocabularySize: 10_000);
        wrapUnnamed.Should().Throw<ToolRMException>().WithMessage("*forge control tokens*");
    }

    [Fact]
    public void A_tokenizer_that_makes_a_control_token_in_rare_places_only_is_caught_there()
    {
        var tokenizer = new MLTokenizer(new TrapTokenizer(), new Dictionary<string, int> { [End] = 7 }, vocabularySize: 100);
        Encode("fine", true, tokenizer).Should().Equal(4);
        Action encode = () => Encode("trap", false, tokenizer);
        encode.Should().Throw<ToolRMException>().WithMessage("*control token 7*");
    }

    [Theory]
    [InlineData("a", null)]
    [InlineData(null, "a")]
    public void A_tokenizer_that_adds_tokens_of_its_own_is_refused(string? beginning, string? end)
    {
        Func<MLTokenizer> wrap = () => new MLTokenizer(QwenTokenizers.Text(beginning: beginning, end: end), QwenTokenizers.ControlTokens);
        wrap.Should().Throw<ToolRMException>().WithMessage("*beginning or end of a sentence*");
    }

    [Fact]
    public void The_vocabulary_ends_after_the_largest_id_of_either()
    {
        _tokenizer.VocabularySize.Should().Be(QwenTokenizers.Own.VocabularySize);
        new MLTokenizer(QwenTokenizers.Text(), vocabularySize: 9999).VocabularySize.Should().Be(9999);
        Func<MLTokenizer> wrap = () => new MLTokenizer(new TrapTokenizer());
        wrap.Should().Throw<ArgumentException>().WithMessage("*TrapTokenizer does not show its vocabulary*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void An_impossible_size_is_refused(int size)
    {
        Func<MLTokenizer> wrap = () => new MLTokenizer(QwenTokenizers.Text(), vocabularySize: size);
        wrap.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("vocabularySize");
    }

    [Theory]
    [InlineData("", 3, "*the text is empty*")]
    [InlineData(End, -1, "*is not from 0 to 99*")]
    [InlineData(End, 100, "*is not from 0 to 99*")]
    [InlineData(End, 5, "*is also that of '<|pad|>'*")]
    public void Impossible_control_tokens_are_refused(string text, int id, string message)
    {
        var tokens = new Dictionary<string, int> { ["<|pad|>"] = 5, [text] = id };
        Func<MLTokenizer> wrap = () => new MLTokenizer(new TrapTokenizer(), tokens, vocabularySize: 100);
        wrap.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Control_tokens_are_known_by_their_text()
    {
        _tokenizer.GetAddedTokenId(End).Should().Be(QwenTokenizers.Own.GetAddedTokenId(End)).And.NotBeNull();
        _tokenizer.GetAddedTokenId("user").Should().BeNull();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Decoding_an_id_out_of_range_is_an_error(int id)
    {
        Func<string> decode = () => _tokenizer.Decode([id]);
        decode.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"There is no token {id}*");
    }

    [Fact]
    public void Many_threads_get_the_ids_that_one_gets()
    {
        var random = new Random(5);
        string[] texts = [.. Enumerable.Range(0, 400).Select(_ => RandomText.Create(random, 40))];
        List<int>[] expected = [.. texts.Select(text => Encode(text, matchAddedTokens: true))];
        var shared = new MLTokenizer(QwenTokenizers.Text(), QwenTokenizers.ControlTokens);
        Parallel.For(0, texts.Length * 4, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Encode(texts[i % texts.Length], true, shared).SequenceEqual(expected[i % texts.Length]).Should().BeTrue());
    }

    private static List<int> Encode(string text, bool matchAddedTokens, MLTokenizer? tokenizer = null)
    {
        var ids = new List<int>();
        (tokenizer ?? _tokenizer).Encode(text, ids, matchAddedTokens);
        return ids;
    }

    private static List<int> EncodeOwn(string text, bool matchAddedTokens)
    {
        var ids = new List<int>();
        QwenTokenizers.Own.Encode(text, ids, matchAddedTokens);
        return ids;
    }
}
