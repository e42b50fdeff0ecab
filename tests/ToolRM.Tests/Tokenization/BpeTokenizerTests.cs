using System.Text;
using ToolRM.Checkpoints;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tokenization;
using ToolRM.Tokenization.Normalization;

namespace ToolRM.Tests.Tokenization;

public sealed class BpeTokenizerTests
{
    private readonly BpeTokenizer _tokenizer = GoldenFiles.Tokenizer("identifiers");

    [Theory]
    [InlineData("identifiers", true)]
    [InlineData("qwen2", true)]
    [InlineData("llama3", false)]
    [InlineData("tekken", false)]
    public void Decoding_gives_the_encoded_text_in_its_normal_form(string name, bool normalizes)
    {
        BpeTokenizer tokenizer = GoldenFiles.Tokenizer(name);
        var normalizer = new NfcNormalizer();
        var random = new Random(3);
        var ids = new List<int>();
        for (int round = 0; round < 1500; round++)
        {
            string text = RandomText.Create(random, 80, invalid: true);
            string valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            ids.Clear();
            tokenizer.Encode(text, ids, matchAddedTokens: false);
            tokenizer.Decode([.. ids]).Should().Be(normalizes ? normalizer.Normalize(valid).ToString() : valid);
        }
    }

    [Fact]
    public void Ids_are_appended_to_those_already_there()
    {
        var ids = new List<int> { 7 };
        _tokenizer.Encode("a", ids);
        _tokenizer.Encode("", ids);
        ids.Should().Equal(7, IdOfByte('a'));
    }

    [Fact]
    public void Added_tokens_are_matched_only_when_asked_for()
    {
        const string Text = "<|im_end|>";
        Encode(Text).Should().Equal(2);
        List<int> plain = Encode(Text, matchAddedTokens: false);
        plain.Should().HaveCountGreaterThan(1).And.NotContain(2);
        _tokenizer.Decode([.. plain]).Should().Be(Text);
    }

    [Fact]
    public void Added_tokens_are_known_by_their_text()
    {
        _tokenizer.GetAddedTokenId("<|im_end|>").Should().Be(2);
        _tokenizer.GetAddedTokenId("<|im_end|").Should().BeNull();
        _tokenizer.AddedTokens.Select(token => token.Content).Should().Equal("<|pad|>", "<|im_start|>", "<|im_end|>");
    }

    [Fact]
    public void Bytes_that_are_no_text_decode_to_replacement_characters() =>
        _tokenizer.Decode([IdOfByte('a'), IdOfByte('\u00C3'), IdOfByte('b')]).Should().Be("a\uFFFDb");

    [Theory]
    [InlineData("identifiers", -1)]
    [InlineData("identifiers", int.MaxValue)]
    [InlineData("identifiers", 507)] // just beyond the vocabulary
    [InlineData("llama3", 423)] // between the model's tokens and the added ones
    public void Decoding_an_id_that_is_not_in_use_is_an_error(string name, int id)
    {
        Func<string> decode = () => GoldenFiles.Tokenizer(name).Decode([id]);
        decode.Should().Throw<ArgumentOutOfRangeException>().WithMessage($"There is no token {id}*");
    }

    [Fact]
    public void The_vocabulary_ends_after_the_largest_added_id() => GoldenFiles.Tokenizer("llama3").VocabularySize.Should().Be(433);

    [Fact]
    public void A_megabyte_without_a_space_is_encoded_and_decoded()
    {
        string text = string.Concat(Enumerable.Repeat("journalist", 100_000));
        List<int> ids = Encode(text);
        ids.Count.Should().BeLessThan(text.Length / 2);
        _tokenizer.Decode([.. ids]).Should().Be(text);

        // Long words are merged by another algorithm than short ones.
        Encode("journalistjournalist").Should().Equal(ids.Take(ids.Count / 50_000));
    }

    [Fact]
    public void More_words_than_the_cache_holds_are_encoded_right()
    {
        var random = new Random(5);
        string[] words = [.. Enumerable.Range(0, 100_000).Select(_ => string.Create(random.Next(1, 12), random, Fill))];
        var first = words.Select(word => Encode(word)).ToList();
        BpeTokenizer fresh = GoldenFiles.Tokenizer("identifiers");
        var ids = new List<int>();
        for (int i = words.Length - 1; i >= 0; i--)
        {
            ids.Clear();
            fresh.Encode(words[i], ids);
            ids.SequenceEqual(first[i]).Should().BeTrue(words[i]);
        }

        static void Fill(Span<char> word, Random random)
        {
            foreach (ref char letter in word)
            {
                letter = (char)random.Next('a', 'k');
            }
        }
    }

    [Fact]
    public void Many_threads_get_the_ids_that_one_gets()
    {
        var random = new Random(9);
        string[] texts = [.. Enumerable.Range(0, 2000).Select(_ => RandomText.Create(random, 60))];
        List<int>[] expected = [.. texts.Select(text => Encode(text))];
        BpeTokenizer shared = GoldenFiles.Tokenizer("identifiers");
        Parallel.For(0, texts.Length * 4, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var ids = new List<int>();
            shared.Encode(texts[i % texts.Length], ids);
            ids.SequenceEqual(expected[i % texts.Length]).Should().BeTrue();
        });
    }

    [Fact]
    public void Encoding_known_words_allocates_nothing()
    {
        string text = string.Concat(Enumerable.Repeat("{\"name\": \"getJournalistById\", \"id\": 42} It's raining.\n", 1000));
        var ids = new List<int>();
        _tokenizer.Encode(text, ids);
        ids.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        _tokenizer.Encode(text, ids);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1024);
    }

    [Fact]
    public void A_saved_file_replaces_the_old_one_and_leaves_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tokenizer.json", "old");
        _tokenizer.Save(path);
        BpeTokenizer.Load(path).VocabularySize.Should().Be(_tokenizer.VocabularySize);
        Directory.GetFiles(folder.Path).Should().Equal(path);
    }

    [Fact]
    public void Saving_into_a_folder_that_is_not_there_is_an_error()
    {
        using var folder = new TemporaryFolder();
        Action save = () => _tokenizer.Save(Path.Combine(folder.Path, "missing", "tokenizer.json"));
        save.Should().Throw<CheckpointException>();
    }

    [Fact]
    public void Loading_a_file_that_is_not_there_is_an_error()
    {
        using var folder = new TemporaryFolder();
        Func<BpeTokenizer> load = () => BpeTokenizer.Load(folder.File("tokenizer.json"));
        load.Should().Throw<FileNotFoundException>();
    }

    /// <summary>Three added tokens come first, then the bytes.</summary>
    private static int IdOfByte(char value) => 3 + value;

    private List<int> Encode(string text, bool matchAddedTokens = true)
    {
        var ids = new List<int>();
        _tokenizer.Encode(text, ids, matchAddedTokens);
        return ids;
    }
}
