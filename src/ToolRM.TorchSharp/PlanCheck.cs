using System.Globalization;
using System.Runtime.InteropServices;
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
    private const string Advice = "Ask for other kernels, for example 'float32,math', or update the device's driver.";

    /// <exception cref="KernelCheckException">They differ by more than the plan's rounding explains, or libtorch cannot compute them.</exception>
    /// <exception cref="OutOfDeviceMemoryException">There is no room for anything beside the model.</exception>
    public static void Run(DecoderConfig config, TorchPlan plan, DecoderTensors tensors, RotaryTensors rotary)
    {
        TokenForest forest = Forest(config, plan);
        KernelChoice reference = plan.Reference.For(forest);
        float[]? expected = null;
        foreach (TorchPlan layout in plan.Layouts())
        {
            if (Choose(layout, forest) is not { } choice || choice with { Reason = reference.Reason } == reference)
            {
                continue;
            }

            try
            {
                expected ??= Rewards(config, plan.Reference, tensors, rotary, forest);
                Compare(choice, expected, Rewards(config, layout, tensors, rotary, forest));
            }
            catch (ExternalException error)
            {
                throw Typed(error, choice, forest);
            }
        }
    }

    internal static ToolRMException Typed(ExternalException error, KernelChoice choice, TokenForest forest) => DeviceMemory.IsExhausted(error)
        ? new OutOfDeviceMemoryException(
            $"Beside the model, the memory of {choice.Device.Description} does not suffice for {forest.Tokens.Length} tokens: "
            + $"{DeviceMemory.FirstLine(error)} Choose a smaller element type or another device.",
            error)
        : new KernelCheckException(
            $"The kernels chosen for {choice.Device.Description} ({Words(choice)}) cannot be run: {DeviceMemory.FirstLine(error)} {Advice}", error);

    /// <exception cref="KernelCheckException">They differ by more than the kernels' rounding explains.</exception>
    internal static void Compare(KernelChoice choice, float[] expected, float[] found)
    {
        double allowed = Tolerance(choice.Type) * Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            // Written so that a reward that is no number is refused too.
            if (!(Math.Abs(expected[i] - found[i]) <= allowed))
            {
                throw new KernelCheckException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The kernels chosen for {choice.Device.Description} ({Words(choice)}) give a reward of {found[i]} where plain float32 arithmetic gives ")
                    + string.Create(CultureInfo.InvariantCulture, $"{expected[i]}; at most {allowed:0.####} apart is expected. ")
                    + Advice);
            }
        }
    }

    /// <summary>Rewards of order one differ by this much at most through rounding in tens of layers.</summary>
    private static double Tolerance(ComputeType type) => type switch
    {
        ComputeType.BFloat16 => 0.2,
        ComputeType.Float16 or ComputeType.TensorFloat32 => 0.05,
        _ => 1e-3,
    };

    private static string Words(KernelChoice choice) =>
        $"{KernelSelector.Word(choice.Type)},{KernelSelector.Word(choice.Attention)},{KernelSelector.Word(choice.Layout)}";

    /// <summary>What a plan would take; <see langword="null"/> if its attention cannot compute its layout, so that it never does.</summary>
    private static KernelChoice? Choose(TorchPlan plan, TokenForest forest)
    {
        try
        {
            return plan.For(forest);
        }
        catch (DeviceException)
        {
            return null;
        }
    }

    private static float[] Rewards(DecoderConfig config, TorchPlan plan, DecoderTensors tensors, RotaryTensors rotary, TokenForest forest)
    {
        using var grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var execution = new TorchExecution(plan, config.PadTokenId);
        using var settings = execution.Enter();
        var rewards = new float[forest.Leaves.Length];
        RewardTransfer.Read(new TorchDecoder(config, plan.Compute, tensors, rotary).Run(execution.Lay(forest), default), rewards);
        return rewards;
    }

    /// <summary>
    /// Two trees of different shapes; longer than a tile of any kernel of a graphics processor, and short on the processor, where a large
    /// model takes its time.
    /// </summary>
    private static TokenForest Forest(DecoderConfig config, TorchPlan plan)
    {
        int longest = Math.Min(config.MaxLength, plan.IsProcessor ? 24 : 200), prompt = Math.Max(1, longest * 2 / 3), candidate = longest - prompt;
        var builder = new TokenForest.Builder();
        for (int tree = 0; tree < 2; tree++)
        {
            int root = builder.Add(-1, Tokens(tree, prompt - (tree * prompt / 3), config), isLeaf: candidate == 0);
            for (int i = 0; i < 3 && candidate > 0; i++)
            {
                builder.Add(root, Tokens(10 + i, Math.Max(1, candidate - (i * 7)), config), isLeaf: true);
            }
        }

        return builder.Build();
    }

    private static int[] Tokens(int seed, int count, DecoderConfig config) =>
        [.. Enumerable.Range(0, count).Select(i => (int)(((i * 7919L) + (seed * 104_729L) + 13) % config.VocabularySize))];
}
