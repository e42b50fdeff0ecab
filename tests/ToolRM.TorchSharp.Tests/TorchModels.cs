using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.Tests.Engines;
using ToolRM.TorchSharp.Training;

namespace ToolRM.TorchSharp.Tests;

/// <summary>The small models of the managed engine's tests, on libtorch's processor device.</summary>
internal static class TorchModels
{
    public const string Reference = "float32,math,packed";

    /// <summary>Every way in which the processor can compute in float32 with any libtorch.</summary>
    public static IReadOnlyList<string> MathKernels { get; } = [Reference, "float32,math,padded"];

    /// <summary>Those that need libtorch's own attention.</summary>
    public static IReadOnlyList<string> FusedKernels { get; } = ["float32,fused,packed", "float32,fused,padded"];

    /// <summary>Those that this libtorch has.</summary>
    public static IReadOnlyList<string> Kernels => LibTorch.WhyNotFused is null ? [.. MathKernels, .. FusedKernels] : MathKernels;

    public static EngineRequest Request(string kernel = Reference, string device = "cpu") => new() { Device = device, Kernel = kernel, Threads = 1 };

    public static TorchRewardEngine Scorer(DecoderConfig config, string kernel = Reference, string device = "cpu") =>
        (TorchRewardEngine)new TorchSharpProvider().CreateScorer(config, new TinyModels.RandomSource(1), Request(kernel, device));

    public static TorchTrainingEngine Trainer(DecoderConfig config, string kernel = Reference, bool recomputes = false, string device = "cpu") =>
        (TorchTrainingEngine)new TorchSharpProvider().CreateTrainer(
            config, new TinyModels.RandomSource(1), Request(kernel, device) with { RecomputesActivations = recomputes });

    public static void ShouldBeNear(float[] found, float[] expected, float tolerance, string because)
    {
        found.Should().HaveSameCount(expected);
        for (int i = 0; i < found.Length; i++)
        {
            found[i].Should().BeApproximately(expected[i], tolerance, "{0}, number {1} of {2}", because, i, found.Length);
        }
    }

    /// <summary>Compares vectors by the length of their difference, relative to their own.</summary>
    /// <param name="found">A vector.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="tolerance">The greatest relative difference.</param>
    /// <param name="least">Shorter vectors are compared relative to this length: some are rounding alone.</param>
    /// <param name="because">What they are.</param>
    public static void ShouldBeNearInLength(float[] found, float[] expected, double tolerance, double least, string because)
    {
        found.Should().HaveSameCount(expected);
        double difference = Length(found.Zip(expected, (f, e) => f - e)), length = Math.Max(least, Length(expected));
        (difference / length).Should().BeLessThanOrEqualTo(tolerance, "{0}, of length {1}", because, length);

        static double Length(IEnumerable<float> vector) => Math.Sqrt(vector.Sum(value => (double)value * value));
    }

    /// <summary>Forests of all kinds: one sequence, a prompt with candidates, several trees, deeper trees, leaves that go on, padding.</summary>
    public static IEnumerable<TokenForest> Forests(DecoderConfig config)
    {
        int[] prompt = TinyModels.Tokens(1, 23, config), other = TinyModels.Tokens(2, 7, config);
        int[][] candidates = [.. Enumerable.Range(0, 5).Select(i => TinyModels.Tokens(10 + i, 1 + (3 * i), config))];
        yield return TinyModels.Sequence([5]);
        yield return TinyModels.Sequence(prompt);
        yield return TinyModels.Tree(prompt, candidates);

        var batch = new TokenForest.Builder();
        TinyModels.Add(batch, other, candidates[3]);
        TinyModels.Add(batch, prompt, candidates[2], candidates[4], candidates[0]);
        TinyModels.Add(batch, other, candidates[1]);
        yield return batch.Build();

        var deep = new TokenForest.Builder();
        int trunk = deep.Add(-1, prompt[..9], isLeaf: false);
        trunk = deep.Add(trunk, prompt[9..], isLeaf: true);
        int branch = deep.Add(trunk, candidates[2], isLeaf: true);
        deep.Add(branch, candidates[4], isLeaf: true);
        deep.Add(trunk, config.PadTokenId is { } pad ? [pad, pad] : candidates[1], isLeaf: true);
        TinyModels.Add(deep, other, candidates[0], candidates[3]);
        yield return deep.Build();

        var large = new TokenForest.Builder();
        TinyModels.Add(large, TinyModels.Tokens(3, 800, config), candidates[1], candidates[2]);
        TinyModels.Add(large, TinyModels.Tokens(4, 700, config), candidates[3]);
        TinyModels.Add(large, other, candidates[4]);
        yield return large.Build();
    }
}
