using ToolRM.Data;
using ToolRM.Models;
using ToolRM.Scoring;
using ToolRM.Synthesis;
using ToolRM.Training;

namespace ToolRM.Recipes;

/// <summary>Makes wrong answers from right ones, several of each right one, on several threads; the same for the same seed.</summary>
internal sealed class MadePairs(IReadOnlyList<GoldExample> golds, int threads)
{
    private readonly CorruptionGenerator _generator = new(golds);

    /// <summary>Makes pairs.</summary>
    /// <param name="count">About how many.</param>
    /// <param name="perGold">How many of each right answer on average: with several, the right answers of a draw are fewer.</param>
    /// <param name="seed">Another seed makes others.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public List<PreferencePair> Make(int count, int perGold, ulong seed, CancellationToken cancellationToken)
    {
        GoldExample[] chosen = [.. golds];
        Xoshiro256.Create(seed, 0).Shuffle<GoldExample>(chosen);
        chosen = [.. chosen.Take((count + perGold - 1) / perGold)];
        var made = new PreferencePair?[count];
        ParallelWork.For(count, threads, i => made[i] = _generator.Draw(chosen, SplitMix64.Mix(seed), i), cancellationToken);
        return [.. made.OfType<PreferencePair>()];
    }
}
