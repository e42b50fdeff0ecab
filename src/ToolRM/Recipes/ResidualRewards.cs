using ToolRM.Checkpoints;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Scoring;
using ToolRM.Training;

namespace ToolRM.Recipes;

/// <summary>Scores pairs that are tokens already.</summary>
internal static class ResidualRewards
{
    /// <summary>By how much the transformer in a folder prefers each right answer.</summary>
    public static double[] Differences(string folder, IReadOnlyList<TokenizedPair> pairs, int threads, CancellationToken cancellationToken)
    {
        using Checkpoint checkpoint = Checkpoint.OpenFolder(folder);
        KernelPlan plan = CpuKernelSelector.Select(
            CpuCapabilities.Current, threads, Environment.GetEnvironmentVariable(CpuKernelSelector.Variable));
        using var scorer = new BatchScorer(new CpuRewardEngine(checkpoint.Config, checkpoint, plan), new RewardModelOptions());
        EncodedRequest[] requests = [.. pairs.Select(pair => new EncodedRequest(pair.Prompt, [pair.Chosen, pair.Rejected]))];
        float[][] rewards = scorer.ScoreAsync(requests, cancellationToken).GetAwaiter().GetResult();
        return [.. rewards.Select(reward => (double)reward[0] - reward[1])];
    }
}
