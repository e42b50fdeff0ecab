using ToolRM.Tokenization;

namespace ToolRM.Tests.Tokenization;

public sealed class BpeTrainerTests
{
    private static readonly string[] Special = ["<|pad|>", "<|im_start|>", "<|im_end|>"];

    [Fact]
    public void The_vocabulary_equals_that_of_an_independent_implementation()
    {
        BpeTokenizer trained = BpeTrainer.Train(GoldenFiles.CorpusLines(), new BpeTrainerOptions { VocabularySize = 620, SpecialTokens = Special });
        Json(trained).Should().Equal(Json(GoldenFiles.Tokenizer("identifiers")));
    }

    [Theory]
    [InlineData("qwen2", 420)]
    [InlineData("tekken", 400)]
    public void Other_split_patterns_give_the_merges_of_an_independent_implementation(string name, int size)
    {
        BpeTokenizer golden = GoldenFiles.Tokenizer(name);
        string pattern = PatternOf(name);
        BpeTokenizer trained = BpeTrainer.Train(GoldenFiles.CorpusLines(), new BpeTrainerOptions { VocabularySize = size, SplitPattern = pattern });
        trained.VocabularySize.Should().Be(size);
        for (int id = 0; id < size; id++)
        {
            trained.Decode([id]).Should().Be(golden.Decode([id]));
        }
    }

    [Fact]
    public void The_order_of_the_texts_does_not_matter()
    {
        string[] lines = GoldenFiles.CorpusLines();
        var options = new BpeTrainerOptions { VocabularySize = 450 };
        byte[] expected = Json(BpeTrainer.Train(lines, options));
        var random = new Random(2);
        for (int round = 0; round < 5; round++)
        {
            random.Shuffle(lines);
            Json(BpeTrainer.Train(lines, options)).Should().Equal(expected);
        }
    }

    [Fact]
    public void The_most_frequent_pair_comes_first_and_ties_go_to_the_smaller_ids()
    {
        // ab and bc three times each, zy twice; nothing else is there twice.
        BpeTokenizer tokenizer = BpeTrainer.Train(["abc abc", "abc", "zy", "zy"], new BpeTrainerOptions { VocabularySize = 300 });
        Tokens(tokenizer, 256).Should().Equal("ab", "abc", "zy");
    }

    [Fact]
    public void Training_ends_when_no_pair_is_frequent_enough()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(["abab abab", "cd"], new BpeTrainerOptions { VocabularySize = 1000, MinimumPairFrequency = 2 });
        Tokens(tokenizer, 256).Should().Equal("ab", "abab");
    }

    [Fact]
    public void Repeated_letters_are_learnt()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(["aaaaa", "aaaaa"], new BpeTrainerOptions { VocabularySize = 1000 });
        Tokens(tokenizer, 256).Should().Equal("aa", "aaa", "aaaaa");
    }

    [Fact]
    public void Special_tokens_come_first_and_are_not_learnt_from()
    {
        string[] texts = [.. Enumerable.Repeat("<|im_end|>ab", 5)];
        BpeTokenizer tokenizer = BpeTrainer.Train(texts, new BpeTrainerOptions { VocabularySize = 1000, SpecialTokens = ["<|im_end|>"] });
        tokenizer.GetAddedTokenId("<|im_end|>").Should().Be(0);
        Tokens(tokenizer, 257).Should().Equal("ab");
        var ids = new List<int>();
        tokenizer.Encode("<|im_end|>ab", ids);
        ids.Should().Equal(0, 257);
    }

    [Fact]
    public void No_token_is_learnt_that_looks_like_a_special_one()
    {
        string[] texts = [.. Enumerable.Repeat("user users", 5)];
        BpeTokenizer tokenizer = BpeTrainer.Train(["user_", .. texts], new BpeTrainerOptions { VocabularySize = 1000, SpecialTokens = ["er", "s_"] });
        Tokens(tokenizer, 258).Should().Contain("us").And.NotContain(["er", "s_"]);
        BpeTokenizer.Load(Json(tokenizer)).VocabularySize.Should().Be(tokenizer.VocabularySize);
    }

    [Fact]
    public void Texts_are_normalised()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(["e\u0301", "é"], new BpeTrainerOptions { VocabularySize = 1000 });
        Tokens(tokenizer, 256).Should().Equal("é");
    }

    [Fact]
    public void Endless_words_are_not_learnt_from()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train([new string('-', 1_000_000), new string('-', 1_000_000)], new BpeTrainerOptions { VocabularySize = 1000 });
        tokenizer.VocabularySize.Should().Be(256);
    }

    [Fact]
    public void Words_of_the_default_pattern_are_shared_by_identifiers_and_prose()
    {
        string[] texts = [.. Enumerable.Repeat("getJournalistById \"journalist_id\" the journalist, the Journalist", 3)];
        BpeTokenizer tokenizer = BpeTrainer.Train(texts, new BpeTrainerOptions { VocabularySize = 1000 });
        var ids = new List<int>();
        tokenizer.Encode("findJournalistForId(journalist_id), a journalist", ids);
        ids.Select(id => tokenizer.Decode([id])).Should().Contain(["Journalist", "journalist", "id", "Id", " journalist"]);
    }

    [Fact]
    public void Progress_is_reported_to_the_end()
    {
        var reports = new List<BpeTrainingProgress>();
        _ = BpeTrainer.Train(GoldenFiles.CorpusLines(), new BpeTrainerOptions { VocabularySize = 400 }, new Reporter(reports));
        reports.Should().HaveCountGreaterThan(1);
        reports[^1].Should().Be(new BpeTrainingProgress(GoldenFiles.CorpusLines().Length, reports[^1].DistinctWords, 400, 400));
        reports.Select(report => report.VocabularySize).Should().BeInAscendingOrder();
    }

    [Fact]
    public void Training_can_be_cancelled_while_reading_and_while_learning()
    {
        using var cancellation = new CancellationTokenSource();
        Action reading = () => BpeTrainer.Train(Endless(cancellation), new BpeTrainerOptions { VocabularySize = 400 }, null, cancellation.Token);
        reading.Should().Throw<OperationCanceledException>();

        using var later = new CancellationTokenSource();
        var reporter = new Canceller(later);
        Action learning = () => BpeTrainer.Train(GoldenFiles.CorpusLines(), new BpeTrainerOptions { VocabularySize = 600 }, reporter, later.Token);
        learning.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Options_that_make_no_sense_are_errors()
    {
        Refuse<ArgumentOutOfRangeException>(new BpeTrainerOptions { VocabularySize = 255 });
        Refuse<ArgumentOutOfRangeException>(new BpeTrainerOptions { VocabularySize = 256, SpecialTokens = ["<a>"] });
        Refuse<ArgumentOutOfRangeException>(new BpeTrainerOptions { VocabularySize = 300, MinimumPairFrequency = 0 });
        Refuse<ArgumentException>(new BpeTrainerOptions { VocabularySize = 300, SpecialTokens = ["<a>", "<a>"] });
        Refuse<ArgumentException>(new BpeTrainerOptions { VocabularySize = 300, SpecialTokens = [""] });
        Refuse<ArgumentException>(new BpeTrainerOptions { VocabularySize = 300, SpecialTokens = ["x"] });
        Refuse<TokenizerFormatException>(new BpeTrainerOptions { VocabularySize = 300, SplitPattern = "(" });

        static void Refuse<TException>(BpeTrainerOptions options) where TException : Exception
        {
            Action train = () => BpeTrainer.Train(["text"], options);
            train.Should().Throw<TException>();
        }
    }

    private static IEnumerable<string> Endless(CancellationTokenSource cancellation)
    {
        for (int i = 0; ; i++)
        {
            if (i == 10)
            {
                cancellation.Cancel();
            }

            yield return "text";
        }
    }

    private static string PatternOf(string name)
    {
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(GoldenFiles.PathOf($"{name}.tokenizer.json")));
        return document.RootElement.GetProperty("pre_tokenizer").GetProperty("pretokenizers").EnumerateArray()
            .Single(step => step.GetProperty("type").ValueEquals("Split")).GetProperty("pattern").GetProperty("Regex").GetString()!;
    }

    private static IEnumerable<string> Tokens(BpeTokenizer tokenizer, int from) =>
        Enumerable.Range(from, tokenizer.VocabularySize - from).Where(id => id < 3 || id >= 256).Select(id => tokenizer.Decode([id]));

    private static byte[] Json(BpeTokenizer tokenizer)
    {
        using var stream = new MemoryStream();
        tokenizer.Save(stream);
        return stream.ToArray();
    }

    private sealed class Reporter(List<BpeTrainingProgress> reports) : IProgress<BpeTrainingProgress>
    {
        public void Report(BpeTrainingProgress value) => reports.Add(value);
    }

    private sealed class Canceller(CancellationTokenSource cancellation) : IProgress<BpeTrainingProgress>
    {
        public void Report(BpeTrainingProgress value) => cancellation.Cancel();
    }
}
