using System.Text;
using ToolRM.Tokenization;

namespace ToolRM.Tests.Tokenization;

public sealed class TokenizerFormatTests
{
    public static TheoryData<string, string, string> UnsupportedParts => new()
    {
        { "model.type", "\"Unigram\"", "*\"Unigram\"*supported*BPE*" },
        { "model.type", "\"WordPiece\"", "*\"WordPiece\"*supported*BPE*" },
        { "model.type", "17", "*\"type\"*string*" },
        { "model.byte_fallback", "true", "*byte_fallback*" },
        { "model.byte_fallback", "\"yes\"", "*\"byte_fallback\"*true or false*" },
        { "model.end_of_word_suffix", "\"</w>\"", "*end_of_word_suffix*</w>*" },
        { "model.dropout", "0.1", "*dropout*0.1*" },
        { "model.vocab", "[]", "*\"vocab\"*object*" },
        { "model.vocab", "{}", "*lacks the tokens of 243 single bytes*" },
        { "model.vocab.xy", "-1", "*\"xy\"*whole number*" },
        { "model.vocab.xy", "1.5", "*\"xy\"*whole number*" },
        { "model.vocab.xy", "2000000000", "*\"xy\"*whole number*" },
        { "model.vocab.xy", "65", "*65*both*" },
        { "model.merges", "null", "*\"merges\"*array*" },
        { "model.merges", "[\"ab\"]", "*Merge 0*" },
        { "model.merges", "[\"a b c\"]", "*Merge 0*" },
        { "model.merges", "[\"a \"]", "*Merge 0*" },
        { "model.merges", "[[\"a\"]]", "*Merge 0*" },
        { "model.merges", "[[\"a\", 1]]", "*Merge 0*" },
        { "model.merges", "[\"a b\"]", "*Merge 0*\"ab\"*vocabulary*" },
        { "model", "null", "*\"model\"*object*" },
        { "normalizer", "{\"type\": \"NFKC\"}", "*\"NFKC\"*supported*" },
        { "normalizer", "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"NFC\"}, {\"type\": \"Lowercase\"}]}", "*\"Lowercase\"*supported*" },
        { "pre_tokenizer", "null", "*ByteLevel*no steps*" },
        { "pre_tokenizer", "{\"type\": \"Metaspace\"}", "*\"Metaspace\"*supported*" },
        { "pre_tokenizer", "{\"type\": \"Digits\"}", "*ByteLevel*Digits*" },
        { "pre_tokenizer", Sequence("{\"type\": \"ByteLevel\"}", "{\"type\": \"Digits\"}"), "*last step*" },
        { "pre_tokenizer", Sequence("{\"type\": \"Digits\"}", "{\"type\": \"ByteLevel\", \"add_prefix_space\": true}"), "*add_prefix_space*" },
        { "pre_tokenizer", Split("{\"Regex\": \"a\"}", "MergedWithNext"), "*MergedWithNext*supported*" },
        { "pre_tokenizer", Sequence(Split("{\"Regex\": \"(\"}", "Isolated"), "{\"type\": \"ByteLevel\", \"add_prefix_space\": false}"), "*regular expression*" },
        { "pre_tokenizer", Split("{\"String\": \"\"}", "Isolated"), "*empty pattern*" },
        { "pre_tokenizer", Sequence([.. Enumerable.Repeat("{\"type\": \"Digits\"}", 40)]), "*more than*" },
        { "decoder", "{\"type\": \"Metaspace\"}", "*\"Metaspace\"*supported*" },
        { "added_tokens", "{}", "*\"added_tokens\"*array*" },
        { "added_tokens", "[{\"id\": 300}]", "*\"content\"*string*" },
        { "added_tokens", "[{\"content\": \"<a>\"}]", "*\"<a>\"*whole number*" },
        { "added_tokens", "[{\"id\": 300, \"content\": \"\"}]", "*300*1 to 1024 characters*" },
        { "added_tokens", "[{\"id\": 65, \"content\": \"<a>\"}]", "*\"<a>\"*65*belongs to \"A\"*" },
        { "added_tokens", "[{\"id\": 300, \"content\": \"<a>\"}, {\"id\": 301, \"content\": \"<a>\"}]", "*\"<a>\"*twice*" },
        { "added_tokens", "[{\"id\": 300, \"content\": \"<a>\"}, {\"id\": 300, \"content\": \"<b>\"}]", "*\"<b>\"*300*" },
    };

    [Theory]
    [MemberData(nameof(UnsupportedParts))]
    public void What_is_not_supported_is_an_error_that_names_it(string path, string json, string message)
    {
        Func<BpeTokenizer> load = () => new MiniTokenizer().With(path, json).Load();
        load.Should().Throw<TokenizerFormatException>().WithMessage(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"\\ud800\": 0}, \"merges\": []}, \"pre_tokenizer\": {\"type\": \"ByteLevel\"}}")]
    public void What_is_no_tokenizer_is_an_error(string json)
    {
        Func<BpeTokenizer> load = () => BpeTokenizer.Load(Encoding.UTF8.GetBytes(json));
        load.Should().Throw<TokenizerFormatException>();
    }

    [Fact]
    public void What_an_error_quotes_of_the_file_is_short_and_printable()
    {
        string type = "\u001b[31m" + new string('x', 5000);
        Func<BpeTokenizer> load = () => new MiniTokenizer().With("model.type", System.Text.Json.JsonSerializer.Serialize(type)).Load();
        string message = load.Should().Throw<TokenizerFormatException>().Which.Message;
        message.Length.Should().BeLessThan(300);
        message.Should().Contain("\"?[31mxxx").And.Contain("...\"").And.NotContain("\u001b");
    }

    [Fact]
    public void Deep_nesting_is_an_error()
    {
        string json = string.Concat(Enumerable.Repeat("{\"normalizer\":", 5000));
        Func<BpeTokenizer> load = () => BpeTokenizer.Load(Encoding.UTF8.GetBytes(json));
        load.Should().Throw<TokenizerFormatException>().WithMessage("*levels*");
    }

    [Fact]
    public void A_file_cut_anywhere_is_an_error()
    {
        byte[] whole = new MiniTokenizer().Merging("a b").ToJson();
        for (int length = 0; length < whole.Length; length += 7)
        {
            Func<BpeTokenizer> load = () => BpeTokenizer.Load(whole.AsMemory(0, length));
            load.Should().Throw<TokenizerFormatException>();
        }
    }

    [Fact]
    public void A_token_that_is_there_twice_with_one_id_is_accepted_and_with_two_is_not()
    {
        string json = Encoding.UTF8.GetString(new MiniTokenizer().ToJson());
        BpeTokenizer.Load(Encoding.UTF8.GetBytes(json.Replace("\"a\":97", "\"a\":97,\"a\":97", StringComparison.Ordinal))).VocabularySize.Should().Be(256);
        Func<BpeTokenizer> load = () => BpeTokenizer.Load(Encoding.UTF8.GetBytes(json.Replace("\"a\":97", "\"a\":97,\"a\":300", StringComparison.Ordinal)));
        load.Should().Throw<TokenizerFormatException>().WithMessage("*\"a\" twice*");
    }

    [Fact]
    public void A_missing_byte_is_an_error_unless_no_text_has_it()
    {
        Func<BpeTokenizer> load = () => new MiniTokenizer().Without("Ġ").Load();
        load.Should().Throw<TokenizerFormatException>().WithMessage("*1 single bytes (0x20)*");
        new MiniTokenizer().Without("À").Load().VocabularySize.Should().Be(256);
    }

    [Fact]
    public void A_byte_order_mark_and_a_missing_model_type_are_accepted()
    {
        byte[] json = [0xEF, 0xBB, 0xBF, .. new MiniTokenizer().With("model.type", "null").ToJson()];
        using var stream = new MemoryStream(json);
        BpeTokenizer.Load(stream).VocabularySize.Should().Be(256);
    }

    [Fact]
    public void A_literal_split_is_taken_literally()
    {
        string split = Sequence(Split("{\"String\": \"a.\"}", "Isolated"), "{\"type\": \"ByteLevel\", \"use_regex\": false, \"add_prefix_space\": false}");
        MiniTokenizer tokenizer = new MiniTokenizer().With("pre_tokenizer", split).Merging("b a", "a b", "a .");
        tokenizer.Encode("ba.ab").Should().Equal('b', 258, 257);
    }

    [Fact]
    public void What_a_split_removes_is_not_encoded()
    {
        string split = Sequence(Split("{\"Regex\": \"-+\"}", "Removed"), "{\"type\": \"ByteLevel\", \"use_regex\": false, \"add_prefix_space\": false}");
        new MiniTokenizer().With("pre_tokenizer", split).Encode("a--b-").Should().Equal('a', 'b');
    }

    [Fact]
    public void A_text_without_a_pattern_is_one_word() =>
        new MiniTokenizer().With("pre_tokenizer.use_regex", "false").Merging("a Ġ", "aĠ b").Encode("a b").Should().Equal(257);

    private static string Sequence(params string[] steps) => $$"""{"type": "Sequence", "pretokenizers": [{{string.Join(',', steps)}}]}""";

    private static string Split(string pattern, string behavior) =>
        $$"""{"type": "Split", "pattern": {{pattern}}, "behavior": "{{behavior}}", "invert": false}""";
}
