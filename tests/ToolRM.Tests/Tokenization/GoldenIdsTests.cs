using System.Text.Json;
using ToolRM.Tokenization;

namespace ToolRM.Tests.Tokenization;

public sealed class GoldenIdsTests
{
    [Theory]
    [InlineData("identifiers")]
    [InlineData("qwen2")]
    [InlineData("llama3")]
    [InlineData("gpt2")]
    [InlineData("tekken")]
    public void Ids_and_texts_equal_those_of_an_independent_implementation(string name)
    {
        BpeTokenizer tokenizer = GoldenFiles.Tokenizer(name);
        foreach (JsonElement golden in GoldenFiles.Cases(name))
        {
            string text = golden.GetProperty("text").GetString()!;
            int[] expected = GoldenFiles.Ids(golden.GetProperty("ids"));
            int[] plain = golden.TryGetProperty("plain", out JsonElement other) ? GoldenFiles.Ids(other) : expected;
            string decoded = golden.TryGetProperty("decoded", out JsonElement changed) ? changed.GetString()! : text;

            var ids = new List<int>();
            tokenizer.Encode(text, ids);
            ids.Should().Equal(expected, "of the text {0}", text);
            tokenizer.Decode([.. ids]).Should().Be(decoded);

            ids.Clear();
            tokenizer.Encode(text, ids, matchAddedTokens: false);
            ids.Should().Equal(plain, "without added tokens, of the text {0}", text);
        }
    }

    [Theory]
    [InlineData("identifiers")]
    [InlineData("qwen2")]
    [InlineData("llama3")]
    [InlineData("gpt2")]
    [InlineData("tekken")]
    public void A_saved_tokenizer_gives_the_same_ids(string name)
    {
        BpeTokenizer tokenizer = GoldenFiles.Tokenizer(name);
        using var saved = new MemoryStream();
        tokenizer.Save(saved);
        BpeTokenizer again = BpeTokenizer.Load(saved.ToArray());

        again.VocabularySize.Should().Be(tokenizer.VocabularySize);
        again.AddedTokens.Should().Equal(tokenizer.AddedTokens);
        foreach (JsonElement golden in GoldenFiles.Cases(name))
        {
            var ids = new List<int>();
            again.Encode(golden.GetProperty("text").GetString()!, ids);
            ids.Should().Equal(GoldenFiles.Ids(golden.GetProperty("ids")));
        }
    }
}
