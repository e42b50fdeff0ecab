using ToolRM.Models;

namespace ToolRM.Synthesis;

/// <summary>
/// The random choices of one draw, by <see cref="SplitMix64"/>: the same for the same seed everywhere. Every draw has its own, so that
/// draws do not depend on each other.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Dice for each (seed, stream).</summary>
    public static Dice Create(ulong seed, ulong stream) => new(SplitMix64.Mix(seed ^ SplitMix64.Mix(stream + SplitMix64.GoldenGamma)));

    /// <summary>64 random bits.</summary>
    public ulong Next() => SplitMix64.Next(ref _state);

    /// <summary>A number from 0 to <paramref name="bound"/> - 1. The bias of at most bound / 2^64 does not matter here.</summary>
    public int Next(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Whether something happens that does with this probability.</summary>
    public bool Chance(double probability) => Fraction() < probability;

    /// <summary>One of the values.</summary>
    public T Pick<T>(IReadOnlyList<T> values) => values[Next(values.Count)];

    /// <summary>One of the values.</summary>
    public T OneOf<T>(params ReadOnlySpan<T> values) => values[Next(values.Length)];

    /// <summary>An index, with a probability in proportion to its weight; the weights must not all be 0.</summary>
    public int Weighted(params ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        double left = Fraction() * sum;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                if ((left -= weights[i]) < 0)
                {
                    break;
                }
            }
        }

        return last;
    }

    /// <summary>Puts the values in random order.</summary>
    public void Shuffle<T>(List<T> values)
    {
        for (int i = values.Count - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));
}
