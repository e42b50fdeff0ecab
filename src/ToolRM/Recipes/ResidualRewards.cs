using ToolRM.Checkpoints;
using ToolRM.Engines.Cpu;
using ToolRM.Scoring;
using ToolRM.Training;

namespace ToolRM.Recipes;

/// <summary>Scores pairs that are tokens already.</summary>
internal static class ResidualRewards
{
    private const int TokenBudget = 16_384;

    /// <summary>By how much the transformer in a folder prefers each right answer.</summary>
    public static double[] Differences(string folder, IReadOnlyList<TokenizedPair> pairs, int threads, CancellationToken cancellationToken)
    {
        using Checkpoint checkpoint = Checkpoint.OpenFolder(folder);
        using var engine = new CpuRewardEngine(
            checkpoint.Config,
            checkpoint,
            CpuKernelSelector.Select(CpuCapabilities.Current, threads, Environment.GetEnvironmentVariable(CpuKernelSelector.Variable)));
        var differences = new double[pairs.Count];
        EncodedRequest[] requests = [.. pairs.Select(pair => new EncodedRequest(pair.Prompt, [pair.Chosen, pair.Rejected]))];
        foreach (PlannedForest plan in ForestPlanner.Plan(requests, TokenBudget))
        {
            var rewards = new float[plan.Owners.Count];
            engine.Score(plan.Forest, rewards, cancellationToken);
            for (int i = 0; i < rewards.Length; i++)
            {
                differences[plan.Owners[i].Request] += plan.Owners[i].Candidate == 0 ? rewards[i] : -rewards[i];
            }
        }

        return differences;
    }
}
