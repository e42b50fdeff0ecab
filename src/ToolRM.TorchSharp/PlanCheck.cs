using System.Globalization;
using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Planning;
using ToolRM.TorchSharp.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp;

/// <summary>Compares a plan's rewards of a small forest with those of <see cref="TorchPlan.Reference"/>, on the same weights.</summary>
internal static class PlanCheck
{
    /// <exception cref="KernelCheckException">They differ by more than the plan's rounding explains.</exception>
    public static void Run(
        DecoderConfig config, TorchExecution execution, TorchDecoder decoder, DecoderTensors tensors, RotaryTensors rotary)
    {
        TorchPlan plan = execution.Plan;
        if (plan.IsReference)
        {
            return;
        }

        TokenForest forest = Forest(config);
        var reference = new TorchExecution(plan.Reference, config.PadTokenId);
        float[] expected = Rewards(reference, new TorchDecoder(config, plan.Reference.Compute, tensors, rotary), forest);
        float[] found = Rewards(execution, decoder, forest);
        Compare(plan, expected, found);
    }

    /// <exception cref="KernelCheckException">They differ by more than the plan's rounding explains.</exception>
    internal static void Compare(TorchPlan plan, float[] expected, float[] found)
    {
        double allowed = Tolerance(plan) * Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            // Written so that a reward that is no number is refused too.
            if (!(Math.Abs(expected[i] - found[i]) <= allowed))
            {
                throw new KernelCheckException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The kernels chosen for {plan.Device} ({plan.Describe().ElementType}, {plan.Describe().Matmul}) give a reward of {found[i]} where " +
                    $"plain float32 arithmetic gives {expected[i]}; at most {allowed:0.####} apart is expected. " +
                    $"Force other kernels, for example 'float32,math,packed', or update the device's driver."));
            }
        }
    }

    /// <summary>Rewards of order one differ by this much at most through rounding in tens of layers.</summary>
    private static double Tolerance(TorchPlan plan) => plan.Compute switch
    {
        ScalarType.BFloat16 => 0.2,
        ScalarType.Float16 => 0.05,
        _ => plan.AllowsTf32 ? 0.05 : 1e-3,
    };

    private static float[] Rewards(TorchExecution execution, TorchDecoder decoder, TokenForest forest)
    {
        using var grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        execution.Enter();
        var rewards = new float[forest.Leaves.Length];
        RewardTransfer.Read(decoder.Run(execution.Lay(forest), default), rewards);
        return rewards;
    }

    /// <summary>Two trees of different shapes, longer than one tile of any kernel where the model's maximum allows it.</summary>
    private static TokenForest Forest(DecoderConfig config)
    {
        int longest = Math.Min(config.MaxLength, 200), prompt = Math.Max(1, longest * 2 / 3), candidate = Math.Max(1, longest - prompt);
        var builder = new TokenForest.Builder();
        for (int tree = 0; tree < 2; tree++)
        {
            int root = builder.Add(-1, Tokens(tree, prompt - (tree * prompt / 3), config), isLeaf: longest == 1);
            for (int i = 0; i < 3 && longest > 1; i++)
            {
                builder.Add(root, Tokens(10 + i, Math.Max(1, candidate - (i * 7)), config), isLeaf: true);
            }
        }

        return builder.Build();
    }

    private static int[] Tokens(int seed, int count, DecoderConfig config) =>
        [.. Enumerable.Range(0, count).Select(i => (int)(((i * 7919L) + (seed * 104_729L) + 13) % config.VocabularySize))];
}
