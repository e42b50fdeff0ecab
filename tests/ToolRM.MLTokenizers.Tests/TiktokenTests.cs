using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using ToolRM.Tests.Tokenization;
using ToolRM.Tokenization;
using OwnTokenizer = ToolRM.Tokenization.BpeTokenizer;

namespace ToolRM.MLTokenizers.Tests;

/// <summary>A vocabulary with the split pattern of Llama 3, once as ToolRM learnt it and once in the format of tiktoken.</summary>
[Trait("Category", "MLTokenizers")]
public sealed class TiktokenTests
{
    private const string End = "<|eot_id|>";
    private const int EndId = 999;
    private const string Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly OwnTokenizer _own = BpeTrainer.Train(
        File.ReadAllText(QwenTokenizers.PathOf("corpus.txt")).Split('\n'),
        new BpeTrainerOptions { VocabularySize = 600, SplitPattern = Pattern });

    private static readonly Dictionary<string, int> _control = new() { [End] = EndId };
    private static readonly MLTokenizer _tokenizer = new(Tiktoken(), _control, vocabularySize: 1000);

    [Fact]
    public void Ids_are_those_of_the_own_tokenizer()
    {
        _own.VocabularySize.Should().BeGreaterThan(400, "otherwise there is little to merge");
        var random = new Random(3);
        int compared = 0;
        for (int round = 0; round < 3000; round++)
        {
            string text = RandomText.Create(random, 30, invalid: true);
            if (Texts.IsSplitAlike(text))
            {
                Encode(text).Should().Equal(EncodeOwn(text), "of {0}", Texts.Escape(text));
                compared++;
            }
        }

        compared.Should().BeGreaterThan(500);
    }

    [Theory]
    [InlineData("請幫我查詢明天東京的天氣。サーバーを再起動してください。서버를 다시 시작해 주세요.")]
    [InlineData("👩‍👩‍👧‍👦🏳️‍🌈 \u2764\uFE0F 🇯🇵👍🏿")]
    [InlineData("a\r\nb\r\n\r\n  c\r d\n\r\n")]
    [InlineData("1 12 123 1234 12345 0.000001 1e-9 ٣٤٥٦ ½ -1")]
    [InlineData("{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Łódź\",\"days\":[1,2,10]}}")]
    public void Ids_of_chosen_texts_are_those_of_the_own_tokenizer_and_decode_to_the_text(string text)
    {
        List<int> ids = Encode(text);
        ids.Should().Equal(EncodeOwn(text));
        _tokenizer.Decode([.. ids]).Should().Be(text);
    }

    [Fact]
    public void Control_tokens_are_made_only_where_they_may()
    {
        const string Text = $"a{End} b{End}";
        List<int> ids = [];
        _tokenizer.Encode(Text, ids);
        ids.Count(id => id == EndId).Should().Be(2);
        _tokenizer.Decode([.. ids]).Should().Be(Text);
        Encode(Text).Should().NotContain(EndId).And.NotBeEmpty();
    }

    [Fact]
    public void One_with_special_tokens_is_refused()
    {
        Func<MLTokenizer> wrap = () => new MLTokenizer(Tiktoken(_control), vocabularySize: 1000);
        wrap.Should().Throw<ToolRMException>().WithMessage("*TiktokenTokenizer*forge control tokens*");
    }

    [Fact]
    public void One_that_lacks_a_byte_says_so_when_a_text_has_it()
    {
        var tokenizer = new MLTokenizer(Tiktoken(lacking: "\u0001"), vocabularySize: 1000);
        Action encode = () => tokenizer.Encode("\u0001", []);
        encode.Should().Throw<ToolRMException>().WithMessage("The TiktokenTokenizer has no token for a part of a text*");
    }

    [Fact]
    public void An_id_beyond_the_vocabulary_is_an_error()
    {
        var tokenizer = new MLTokenizer(Tiktoken(), vocabularySize: 256);
        Action encode = () => tokenizer.Encode("the weather in the city", []);
        encode.Should().Throw<ToolRMException>().WithMessage("The TiktokenTokenizer made the token * ids from 0 to 255*");
    }

    [Theory]
    [InlineData(998)]
    [InlineData(1000)]
    public void Decoding_an_id_without_a_token_is_an_error(int id)
    {
        Func<string> decode = () => _tokenizer.Decode([id]);
        decode.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"There is no token {id}*");
    }

    private static TiktokenTokenizer Tiktoken(Dictionary<string, int>? special = null, string? lacking = null)
    {
        var lines = new StringBuilder();
        foreach ((string text, int id) in OwnTokens())
        {
            byte[] bytes = ByteAlphabet.ToBytes(text);
            if (lacking is null || !bytes.SequenceEqual(Encoding.UTF8.GetBytes(lacking)))
            {
                lines.Append(CultureInfo.InvariantCulture, $"{Convert.ToBase64String(bytes)} {id}\n");
            }
        }

        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(lines.ToString()));
        var split = new RegexPreTokenizer(new Regex(Pattern, RegexOptions.CultureInvariant), special);
        return TiktokenTokenizer.Create(stream, split, new NfcNormalizer(), special);
    }

    private static IEnumerable<(string Text, int Id)> OwnTokens()
    {
        using var stream = new MemoryStream();
        _own.Save(stream);
        using JsonDocument json = JsonDocument.Parse(stream.ToArray());
        JsonElement vocabulary = json.RootElement.GetProperty("model").GetProperty("vocab");
        return [.. vocabulary.EnumerateObject().Select(token => (token.Name, token.Value.GetInt32()))];
    }

    private static List<int> Encode(string text)
    {
        List<int> ids = [];
        _tokenizer.Encode(text, ids, matchAddedTokens: false);
        return ids;
    }

    private static List<int> EncodeOwn(string text)
    {
        List<int> ids = [];
        _own.Encode(text, ids, matchAddedTokens: false);
        return ids;
    }
}
