using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ToolRM.Benchmarks.Measurement;
using ToolRM.Engines.Cpu;
using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;
using ToolRM.Models;

namespace ToolRM.Benchmarks;

/// <summary>
/// One thread's share of a feed-forward product, as the forward pass computes it: a block of rows times a packed weight
/// matrix. Kernels that this processor does not have are left out.
/// </summary>
[Config(typeof(Columns))]
public unsafe class MatmulBenchmarks
{
    private const int Rows = 96;
    private static readonly int _depth = BenchmarkModel.Config.HiddenSize, _columns = BenchmarkModel.Config.IntermediateSize;
    private readonly Dictionary<string, Product> _products = [];

    [GlobalSetup]
    public void Setup()
    {
        foreach (string name in CpuKernelSelector.Available(CpuCapabilities.Current))
        {
            _products.Add(name, new Product(name));
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (Product product in _products.Values)
        {
            product.Dispose();
        }
    }

    [Benchmark(Baseline = true)]
    public void Scalar() => _products["scalar"].Compute();

    [Benchmark]
    public void AdvSimd() => _products["advsimd"].Compute();

    [Benchmark]
    public void Avx2() => _products["avx2"].Compute();

    [Benchmark]
    public void Avx512() => _products["avx512"].Compute();

    /// <summary>C = A B with the kernel of one name.</summary>
    private sealed class Product : IDisposable
    {
        private readonly MatmulKernel _kernel;
        private readonly PackedMatrix _weights;
        private readonly AlignedBuffer _left, _result;

        public Product(string name)
        {
            _kernel = CpuKernelSelector.Create(CpuKernelSelector.Select(CpuCapabilities.Current, threads: 1, name));
            _weights = new PackedMatrix(_kernel, _depth, _columns);
            _left = new AlignedBuffer(Rows * _depth);
            _result = new AlignedBuffer(Rows * _columns);
            using var values = new AlignedBuffer(_columns * _depth);
            Fill("weights", values.Pointer, _columns * _depth);
            _weights.PackTransposed(values.Pointer, _depth, _columns);
            Fill("left", _left.Pointer, Rows * _depth);
        }

        public void Compute() => _weights.Multiply(_kernel, Rows, _left.Pointer, _depth, _result.Pointer, _columns);

        public void Dispose()
        {
            _weights.Dispose();
            _left.Dispose();
            _result.Dispose();
        }

        private static void Fill(string name, float* values, int count) =>
            BenchmarkModel.Parameters.Read(new ParameterInfo(name, 1, count, ParameterKind.Matrix), new Span<float>(values, count));
    }

    private sealed class Columns : ManualConfig
    {
        public Columns()
        {
            string[] available = [.. CpuKernelSelector.Available(CpuCapabilities.Current)];
            AddFilter(new SuiteFilter(
                typeof(MatmulBenchmarks),
                benchmark => available.Contains(benchmark.Descriptor.WorkloadMethod.Name, StringComparer.OrdinalIgnoreCase)));
            const string gigaflops = "10^9 float32 operations per second, a multiply-add counted as two";
            AddColumn(
                EngineColumns.Device,
                new RateColumn("GFLOP/s", gigaflops, "F0", _ => Operations / 1e9),
                new RateColumn("Best GFLOP/s", gigaflops, "F0", _ => Operations / 1e9, isBest: true),
                EngineColumns.OfPeak(_ => Operations, _ => 1));
        }

        private static double Operations => 2.0 * Rows * _depth * _columns;
    }
}
