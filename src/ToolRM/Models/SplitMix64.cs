namespace ToolRM.Models;

/// <summary>
/// The generator SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers on every machine and .NET version. It
/// fills the states of better generators.
/// </summary>
internal static class SplitMix64
{
    /// <summary>By which the state grows with each number.</summary>
    public const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>The next number; advances <paramref name="state"/>.</summary>
    public static ulong Next(ref ulong state)
    {
        state += GoldenGamma;
        return Mix(state);
    }

    /// <summary>The finaliser: a bijection that spreads every bit over all others.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
