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

    /// <summary>Makes pairs; those of one right answer lie side by side.</summary>
    /// <param name="count">About how many.</param>
    /// <param name="perGold">How many of each right answer, before that the next is turned to.</param>
    /// <param name="seed">Another seed makes others.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public List<PreferencePair> Make(int count, int perGold, ulong seed, CancellationToken cancellationToken)
    {
        int[] order = [.. Enumerable.Range(0, golds.Count)];
        Xoshiro256.Create(seed, 0).Shuffle<int>(order);
        var made = new PreferencePair?[order.Length == 0 ? 0 : count];
        ParallelWork.For(
            made.Length,
            threads,
            i =>
            {
                GoldExample gold = golds[order[i / perGold % order.Length]];
                made[i] = _generator.Draw([gold], SplitMix64.Mix(seed), i);
            },
            cancellationToken);
        return [.. made.OfType<PreferencePair>()];
    }
}
