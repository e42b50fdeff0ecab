using System.Numerics;
using ToolRM.Models;

namespace ToolRM.Training;

/// <summary>
/// The generator xoshiro256** (Blackman and Vigna, arXiv 1805.01407), filled by <see cref="SplitMix64"/>. Our own because a run must
/// repeat bit for bit on every runtime, and the algorithm behind System.Random may change.
/// </summary>
internal sealed class Xoshiro256(ulong s0, ulong s1, ulong s2, ulong s3)
{
    private ulong _s0 = s0, _s1 = s1, _s2 = s2, _s3 = s3;

    /// <summary>A generator of its own for every (seed, stream).</summary>
    public static Xoshiro256 Create(ulong seed, ulong stream)
    {
        ulong state = SplitMix64.Mix(seed ^ SplitMix64.Mix(stream + SplitMix64.GoldenGamma));
        return new(SplitMix64.Next(ref state), SplitMix64.Next(ref state), SplitMix64.Next(ref state), SplitMix64.Next(ref state));
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1, each equally likely (Lemire, arXiv 1805.10941).</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong range = (ulong)bound;
        ulong tooLow = unchecked(0 - range) % range;
        while (true)
        {
            ulong high = Math.BigMul(Next(), range, out ulong low);
            if (low >= tooLow)
            {
                return (int)high;
            }
        }
    }

    /// <summary>Fisher-Yates from the end: every order is equally likely.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
