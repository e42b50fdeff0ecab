using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// The most float32 operations per second that this machine does: what kernels, forward passes and training steps are
/// compared with. A fused multiply-add counts as two.
/// </summary>
internal static class FmaPeak
{
    private const int Chains = 12;

    /// <summary>About a millisecond: rounds that other work disturbs are many, but so are rounds that it leaves alone.</summary>
    private const int Rounds = 500_000;

    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<int, double> _measured = new();

    /// <summary>Operations per second of some threads at the same time, measured once in a process, in about a second.</summary>
    /// <param name="threads">At least 1; more than the machine has processors can do no more than these.</param>
    public static double PerSecond(int threads = 1) =>
        _measured.GetOrAdd(Math.Min(threads, Environment.ProcessorCount), static count => Measure(count, _usual));

    /// <summary>The best of many short rounds, each run by all threads at the same time: the one that other work disturbed least.</summary>
    /// <param name="threads">At least 1.</param>
    /// <param name="duration">How long to try; at least one round is run.</param>
    public static double Measure(int threads, TimeSpan duration)
    {
        (int width, Func<int, float> run) = Vector512.IsHardwareAccelerated ? (Vector512<float>.Count, Run<Vector512<float>, Fma512>)
            : Vector256.IsHardwareAccelerated ? (Vector256<float>.Count, Run<Vector256<float>, Fma256>)
            : (Vector128<float>.Count, (Func<int, float>)Run<Vector128<float>, Fma128>);
        var rounds = new CommonRounds(threads, duration, () => GC.KeepAlive(run(Rounds)));
        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(_ => new Thread(rounds.Work) { IsBackground = true })];
        Array.ForEach(others, thread => thread.Start());
        rounds.Work();
        Array.ForEach(others, thread => thread.Join());
        return 2.0 * Chains * width * Rounds * threads / rounds.Shortest.TotalSeconds;
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

    /// <summary>Rounds that threads begin together. They wait by spinning: a thread that sleeps may wake up on another's processor.</summary>
    private sealed class CommonRounds(int threads, TimeSpan duration, Action round)
    {
        private readonly long _begin = Stopwatch.GetTimestamp();
        private long _start;
        private int _arrived;
        private volatile int _met;
        private volatile bool _isOver;

        /// <summary>The shortest time from the beginning of a round to the end of its last thread.</summary>
        public TimeSpan Shortest { get; private set; } = TimeSpan.MaxValue;

        public void Work()
        {
            Meet();
            while (!_isOver)
            {
                round();
                Meet();
            }
        }

        private void Meet()
        {
            int met = _met;
            if (Interlocked.Increment(ref _arrived) < threads)
            {
                var spin = default(SpinWait);
                while (_met == met)
                {
                    spin.SpinOnce(sleep1Threshold: -1);
                }

                return;
            }

            long now = Stopwatch.GetTimestamp();
            if (met > 0)
            {
                TimeSpan elapsed = Stopwatch.GetElapsedTime(_start, now);
                Shortest = elapsed < Shortest ? elapsed : Shortest;
                _isOver = Stopwatch.GetElapsedTime(_begin, now) >= duration;
            }

            (_arrived, _start) = (0, now);
            _met = met + 1;
        }
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
