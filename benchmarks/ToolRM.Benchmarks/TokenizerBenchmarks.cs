using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using ToolRM.Benchmarks.Measurement;
using ToolRM.Tokenization;

namespace ToolRM.Benchmarks;

/// <summary>Encoding on one thread, with a vocabulary of 4096 learnt from the library's own documentation comments.</summary>
[Config(typeof(Columns))]
public class TokenizerBenchmarks
{
    private const int VocabularySize = 4096;
    private const int UnseenWordCount = 100_000;
    private const int UnseenWordLength = 10;
    private static readonly Lazy<Sample> _sample = new(() => new Sample());
    private readonly List<int> _ids = [];

    /// <summary>Technical English: nearly every word has been met before.</summary>
    [Benchmark]
    public int Prose() => Encode(_sample.Value.Prose);

    /// <summary>Words of random letters, more of them than the tokenizer's cache holds: each has to be merged.</summary>
    [Benchmark]
    public int UnseenWords() => Encode(_sample.Value.Unseen);

    private int Encode(string text)
    {
        _ids.Clear();
        _sample.Value.Tokenizer.Encode(text, _ids);
        return _ids.Count;
    }

    private sealed class Columns : ManualConfig
    {
        public Columns() => AddColumn(
            new RateColumn("Tokens/s", "Tokens per second", "N0", benchmark => Count(Text(benchmark))),
            new RateColumn("MB/s", "10^6 bytes of UTF-8 per second", "F1", benchmark => Encoding.UTF8.GetByteCount(Text(benchmark)) / 1e6));

        private static string Text(BenchmarkCase benchmark) =>
            benchmark.Descriptor.WorkloadMethod.Name == nameof(Prose) ? _sample.Value.Prose : _sample.Value.Unseen;

        private static int Count(string text)
        {
            var ids = new List<int>();
            _sample.Value.Tokenizer.Encode(text, ids);
            return ids.Count;
        }
    }

    private sealed class Sample
    {
        public Sample()
        {
            Prose = File.ReadAllText(Path.ChangeExtension(typeof(RewardModel).Assembly.Location, ".xml"));
            var random = new Random(1);
            Unseen = string.Join(
                ' ', Enumerable.Range(0, UnseenWordCount).Select(_ => random.GetString("abcdefghijklmnopqrstuvwxyz", UnseenWordLength)));
            Tokenizer = BpeTrainer.Train(Prose.Split('\n'), new BpeTrainerOptions { VocabularySize = VocabularySize });
        }

        public string Prose { get; }

        public string Unseen { get; }

        public BpeTokenizer Tokenizer { get; }
    }
}
