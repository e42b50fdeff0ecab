using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>The most float32 operations per second that one core of this machine does: what kernels are compared with.</summary>
internal static class FmaPeak
{
    private const int Chains = 12;
    private const int Rounds = 2_000_000;
    private const int Attempts = 40;
    private static readonly Lazy<double> _perSecond = new(Measure);

    /// <summary>Floating-point operations per second of one core; a fused multiply-add counts as two.</summary>
    public static double PerSecond => _perSecond.Value;

    /// <summary>The best of many short runs: the one that other work on the machine disturbed least.</summary>
    private static double Measure()
    {
        (int width, Func<int, float> run) = Vector512.IsHardwareAccelerated ? (Vector512<float>.Count, Run<Vector512<float>, Fma512>)
            : Vector256.IsHardwareAccelerated ? (Vector256<float>.Count, Run<Vector256<float>, Fma256>)
            : (Vector128<float>.Count, (Func<int, float>)Run<Vector128<float>, Fma128>);
        TimeSpan best = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long start = Stopwatch.GetTimestamp();
            float result = run(Rounds);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            GC.KeepAlive(result);
            best = elapsed < best ? elapsed : best;
        }

        return 2.0 * Chains * width * Rounds / best.TotalSeconds;
    }

    /// <summary>Independent chains of multiply-adds: more than the units' number times their latency, so that none ever waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run<T, TFma>(int rounds)
        where T : struct
        where TFma : struct, IFma<T>
    {
        T x = TFma.Create(0.9999f), y = TFma.Create(1e-4f);
        T c0 = x, c1 = x, c2 = x, c3 = x, c4 = x, c5 = x, c6 = x, c7 = x, c8 = x, c9 = x, c10 = x, c11 = x;
        for (int i = 0; i < rounds; i++)
        {
            c0 = TFma.Add(c0, x, y);
            c1 = TFma.Add(c1, x, y);
            c2 = TFma.Add(c2, x, y);
            c3 = TFma.Add(c3, x, y);
            c4 = TFma.Add(c4, x, y);
            c5 = TFma.Add(c5, x, y);
            c6 = TFma.Add(c6, x, y);
            c7 = TFma.Add(c7, x, y);
            c8 = TFma.Add(c8, x, y);
            c9 = TFma.Add(c9, x, y);
            c10 = TFma.Add(c10, x, y);
            c11 = TFma.Add(c11, x, y);
        }

        T sum = TFma.Add(TFma.Add(TFma.Add(c0, c1, c2), c3, c4), TFma.Add(c5, c6, c7), TFma.Add(TFma.Add(c8, c9, c10), c11, y));
        return TFma.First(sum);
    }

    private interface IFma<T>
    {
        static abstract T Create(float value);

        static abstract T Add(T x, T y, T sum);

        static abstract float First(T value);
    }

    private readonly struct Fma512 : IFma<Vector512<float>>
    {
        public static Vector512<float> Create(float value) => Vector512.Create(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Add(Vector512<float> x, Vector512<float> y, Vector512<float> sum) =>
            Vector512.FusedMultiplyAdd(x, y, sum);

        public static float First(Vector512<float> value) => value.ToScalar();
    }

    private readonly struct Fma256 : IFma<Vector256<float>>
    {
        public static Vector256<float> Create(float value) => Vector256.Create(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> x, Vector256<float> y, Vector256<float> sum) =>
            Vector256.FusedMultiplyAdd(x, y, sum);

        public static float First(Vector256<float> value) => value.ToScalar();
    }

    private readonly struct Fma128 : IFma<Vector128<float>>
    {
        public static Vector128<float> Create(float value) => Vector128.Create(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> Add(Vector128<float> x, Vector128<float> y, Vector128<float> sum) =>
            Vector128.FusedMultiplyAdd(x, y, sum);

        public static float First(Vector128<float> value) => value.ToScalar();
    }
}
