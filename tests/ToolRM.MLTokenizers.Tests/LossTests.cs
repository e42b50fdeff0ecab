using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace ToolRM.MLTokenizers.Tests;

/// <summary>Tokenizers that leave text out, and what they must not be refused for.</summary>
[Trait("Category", "MLTokenizers")]
public sealed class LossTests
{
    [Fact]
    public void Characters_that_the_vocabulary_lacks_must_not_vanish()
    {
        Refuses(Letters()).WithMessage("The BpeTokenizer leaves out characters that its vocabulary lacks.*ByteLevel = true*UnknownToken*");
        var kept = new MLTokenizer(Letters(unknown: "?"));
        List<int> ids = [];
        kept.Encode("a日b", ids);
        ids.Should().Equal(0, 2, 1);
    }

    [Fact]
    public void Bytes_that_the_vocabulary_lacks_must_not_vanish() =>
        Refuses(QwenTokenizers.Text(lacking: "Ã")).WithMessage("The BpeTokenizer leaves out the byte 0xC3*");

    [Fact]
    public void Blanks_that_the_pre_tokenizer_skips_must_not_vanish()
    {
        Refuses(QwenTokenizers.Text(split: PreTokenizer.CreateWordOrNonWord()))
            .WithMessage("The BpeTokenizer leaves out the character U+0020*PreTokenizer*");
        Refuses(QwenTokenizers.Text(split: new RegexPreTokenizer(new Regex(@"[^\r]+"), null))).WithMessage("*the character U+000D*");
        Refuses(QwenTokenizers.Text(split: new RegexPreTokenizer(new Regex(@"[^\uFFFD]+(?!\z)"), null)))
            .WithMessage("*the character U+FFFD*");
    }

    [Fact]
    public void One_of_whole_words_may_leave_blanks_out()
    {
        using var vocabulary = new MemoryStream("[UNK]\n[CLS]\n[SEP]\na\nb\n"u8.ToArray());
        var special = new Dictionary<string, int> { ["[UNK]"] = 0 };
        var words = WordPieceTokenizer.Create(vocabulary, new WordPieceOptions { UnknownToken = "[UNK]", SpecialTokens = special });
        List<int> ids = [];
        new MLTokenizer(words, vocabularySize: 5).Encode("a  b xyz", ids);
        ids.Should().Equal(3, 4, 0);
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<ToolRMException> Refuses(Tokenizer tokenizer)
    {
        Func<MLTokenizer> wrap = () => new MLTokenizer(tokenizer, vocabularySize: 10_000);
        return wrap.Should().Throw<ToolRMException>();
    }

    private static BpeTokenizer Letters(string? unknown = null) => BpeTokenizer.Create(
        new BpeOptions(new Dictionary<string, int> { ["a"] = 0, ["b"] = 1, ["?"] = 2 })
        {
            UnknownToken = unknown,
            PreTokenizer = new RegexPreTokenizer(new Regex(@"[\s\S]"), null),
        });
}
