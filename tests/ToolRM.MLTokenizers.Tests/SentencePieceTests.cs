using Microsoft.ML.Tokenizers;

namespace ToolRM.MLTokenizers.Tests;

[Trait("Category", "MLTokenizers")]
public sealed class SentencePieceTests
{
    private static readonly string[] _pieces = ["▁t", "he", "▁the", "▁", "t", "h", "e", "<", "/", "s", ">"];

    [Fact]
    public void Text_becomes_pieces_and_bytes_and_comes_back()
    {
        MLTokenizer tokenizer = Wrap(_pieces);
        Ids(tokenizer, "the").Should().Equal(SentencePieceFile.FirstPiece + 2);
        Ids(tokenizer, "é").Should().Equal(
            SentencePieceFile.FirstPiece + 3, SentencePieceFile.FirstByte + 0xC3, SentencePieceFile.FirstByte + 0xA9);
        foreach (string text in (string[])["the the", "日本 👋🏽 the", "a\r\n b", "  x"])
        {
            tokenizer.Decode([.. Ids(tokenizer, text)]).Should().Be(text);
        }
    }

    [Fact]
    public void Spelling_the_end_of_a_sentence_does_not_end_it()
    {
        MLTokenizer tokenizer = Wrap(_pieces);
        List<int> ids = Ids(tokenizer, "the</s><s>");
        ids.Should().NotContain([SentencePieceFile.End, SentencePieceFile.Beginning]);
        tokenizer.Decode([.. ids]).Should().Be("the</s><s>");
        new MLTokenizer(Create(_pieces), new Dictionary<string, int> { ["</s>"] = SentencePieceFile.End })
            .GetAddedTokenId("</s>").Should().Be(SentencePieceFile.End);
    }

    /// <summary>The library merges pieces to any other, also to those that text must never become.</summary>
    [Fact]
    public void One_whose_pieces_merge_to_the_end_of_a_sentence_is_refused()
    {
        Func<MLTokenizer> wrap = () => Wrap([.. _pieces, "</", "</s"]);
        wrap.Should().Throw<ToolRMException>().WithMessage($"*made the control token {SentencePieceFile.End} of ordinary text*");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void One_that_adds_a_beginning_or_end_is_refused(bool beginning, bool end)
    {
        Func<MLTokenizer> wrap = () => new MLTokenizer(Create(_pieces, beginning, end));
        wrap.Should().Throw<ToolRMException>().WithMessage("The LlamaTokenizer adds a token for the beginning or end*");
    }

    [Fact]
    public void The_vocabulary_holds_all_pieces()
    {
        MLTokenizer tokenizer = Wrap(_pieces);
        tokenizer.VocabularySize.Should().Be(SentencePieceFile.FirstPiece + _pieces.Length);
        Func<string> decode = () => tokenizer.Decode([tokenizer.VocabularySize]);
        decode.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static MLTokenizer Wrap(string[] pieces) => new(Create(pieces));

    private static LlamaTokenizer Create(string[] pieces, bool beginning = false, bool end = false)
    {
        using var stream = new MemoryStream(SentencePieceFile.Create(pieces));
        return LlamaTokenizer.Create(stream, beginning, end);
    }

    private static List<int> Ids(MLTokenizer tokenizer, string text)
    {
        List<int> ids = [];
        tokenizer.Encode(text, ids, matchAddedTokens: false);
        return ids;
    }
}
