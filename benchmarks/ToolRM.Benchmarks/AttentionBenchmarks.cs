using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using ToolRM.Benchmarks.Measurement;
using ToolRM.Engines.Cpu;
using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Models;

namespace ToolRM.Benchmarks;

/// <summary>One layer's attention over one sequence, on one thread, from queries, keys and values to its output.</summary>
[Config(typeof(Columns))]
public unsafe class AttentionBenchmarks : IDisposable
{
    private AttentionForward _attention = null!;
    private ForestLayout _layout = null!;
    private KeyPanels _keys = null!;
    private KeyRows _values = null!;
    private AlignedBuffer _queries = null!, _output = null!;

    public static IEnumerable<string> Kernels => CpuKernelSelector.Available(CpuCapabilities.Current);

    [ParamsSource(nameof(Kernels))]
    public string Kernel { get; set; } = "";

    [Params(512, 2048)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        MatmulKernel kernel = CpuKernelSelector.Create(CpuKernelSelector.Select(CpuCapabilities.Current, threads: 1, Kernel));
        var shape = new DecoderShape(BenchmarkModel.Config, kernel);
        _attention = new AttentionForward(kernel, shape);
        _layout = new ForestLayout(kernel.Columns, padTokenId: null);
        _layout.Lay(BenchmarkModel.Sequences(1, Length));
        (_keys, _values) = (new KeyPanels(shape), new KeyRows(shape));
        _keys.Ensure(_layout.KeyBlocks);
        _values.Ensure(_layout.KeyBlocks);
        _queries = Random("queries", Length * shape.PaddedQueries);
        _output = new AlignedBuffer(Length * shape.PaddedQueries);
        using AlignedBuffer rows = Random("keys", Length * shape.Keys);
        for (int token = 0; token < Length; token++)
        {
            for (int head = 0; head < shape.KeyValueHeads; head++)
            {
                float* row = rows.Pointer + (token * shape.Keys) + (head * shape.HeadSize);
                _keys.Store(head, _layout.KeySlot(token), row);
                _values.Store(head, _layout.KeySlot(token), row);
            }
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _attention.Dispose();
        _keys.Dispose();
        _values.Dispose();
        _queries.Dispose();
        _output.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Attend() => _attention.Run(
        _layout, _keys, _values, segment: 0, first: 0, count: Length, _queries.Pointer, _output.Pointer);

    private static AlignedBuffer Random(string name, int count)
    {
        var values = new AlignedBuffer(count);
        new SeededInitializer(seed: 1, standardDeviation: 1).Read(
            new ParameterInfo(name, 1, count, ParameterKind.Matrix), new Span<float>(values.Pointer, count));
        return values;
    }

    private sealed class Columns : ManualConfig
    {
        private const int LongestOfScalar = 512;

        public Columns()
        {
            AddFilter(new SuiteFilter(typeof(AttentionBenchmarks), IsWanted));
            const string gigaflops = "10^9 operations per second of the products that a causal mask leaves, a multiply-add counted as two";
            AddColumn(
                EngineColumns.Device,
                new RateColumn("GFLOP/s", gigaflops, "F0", benchmark => Operations(benchmark) / 1e9),
                new RateColumn("Best GFLOP/s", gigaflops, "F0", benchmark => Operations(benchmark) / 1e9, isBest: true),
                EngineColumns.OfPeak(Operations, _ => 1));
        }

        /// <summary>The slow reference is left out of short runs where it takes seconds.</summary>
        private static bool IsWanted(BenchmarkCase benchmark) =>
            !BenchmarkConfig.IsShort(benchmark.Job)
            || (string)benchmark.Parameters[nameof(Kernel)] != "scalar"
            || LengthOf(benchmark) <= LongestOfScalar;

        /// <summary>Two products, of queries with keys and of weights with values, for each token and each position up to it.</summary>
        private static double Operations(BenchmarkCase benchmark)
        {
            double length = LengthOf(benchmark);
            return 2 * 2 * BenchmarkModel.Config.Heads * BenchmarkModel.Config.HeadSize * length * (length + 1) / 2;
        }

        private static int LengthOf(BenchmarkCase benchmark) => (int)benchmark.Parameters[nameof(Length)];
    }
}
