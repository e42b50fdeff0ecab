using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;

namespace ToolRM.Tests.Engines;

/// <summary>Small seeded models of odd sizes, and forests for them.</summary>
internal static class TinyModels
{
    public static TheoryData<string> Shapes => [.. All.Keys];

    private static Dictionary<string, DecoderConfig> All { get; } = new()
    {
        ["qwen2"] = Base("qwen2") with { HasAttentionBias = true },
        ["qwen3"] = Base("qwen3") with { HasQueryKeyNorm = true, HeadSize = 14, PadTokenId = 3 },
        ["llama"] = Base("llama") with
        {
            HeadSize = 16, Heads = 3, KeyValueHeads = 3,
            Rotary = new RotaryConfig { Theta = 500_000, Scaling = RotaryScaling.Llama3, Factor = 8, OriginalMaxLength = 32 },
        },
        ["one layer"] = Base("llama") with { Layers = 1, HeadSize = 6, Heads = 4, KeyValueHeads = 1 },
        ["whole tiles"] = Base("qwen3") with { HiddenSize = 64, IntermediateSize = 96, HeadSize = 32, Heads = 2, KeyValueHeads = 1, HasQueryKeyNorm = true },
    };

    public static DecoderConfig Config(string shape) => All[shape];

    public static KernelPlan Plan(string? kernel = null, int threads = 2) => CpuKernelSelector.Select(CpuCapabilities.Current, threads, kernel);

    public static IEnumerable<string> Kernels => CpuKernelSelector.Available(CpuCapabilities.Current);

    /// <summary>The int8 kernels of this machine, the slowest first.</summary>
    public static IEnumerable<string> Int8Kernels
    {
        get
        {
            CpuCapabilities cpu = CpuCapabilities.Current;
            (string Name, bool IsThere)[] all = [("scalar", true), ("avx2", cpu.Avx2), ("avx512", cpu.Avx512), ("avxvnni", cpu.AvxVnni)];
            return all.Where(kernel => kernel.IsThere).Select(kernel => kernel.Name);
        }
    }

    /// <summary>int8 on any kernel, with attention on the fastest of this machine.</summary>
    public static KernelPlan Int8Plan(string int8, int threads = 2) => Plan(threads: threads) with { ElementType = "int8", Int8Matmul = int8 };

    public static CpuRewardEngine Scorer(DecoderConfig config, string? kernel = null, int threads = 2) =>
        new(config, new RandomSource(1), Plan(kernel, threads));

    public static CpuTrainingEngine Trainer(DecoderConfig config, string? kernel = null, int threads = 2, bool recompute = false) =>
        new(config, new RandomSource(1), Plan(kernel, threads), recompute);

    public static int[] Tokens(int seed, int count, DecoderConfig config)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(4, config.VocabularySize))];
    }

    /// <summary>A tree of a prompt and its candidates.</summary>
    public static TokenForest Tree(int[] prompt, params int[][] candidates)
    {
        var forest = new TokenForest.Builder();
        Add(forest, prompt, candidates);
        return forest.Build();
    }

    public static void Add(TokenForest.Builder forest, int[] prompt, params int[][] candidates)
    {
        int root = forest.Add(-1, prompt, isLeaf: false);
        foreach (int[] candidate in candidates)
        {
            forest.Add(root, candidate, isLeaf: true);
        }
    }

    public static TokenForest Sequence(int[] tokens)
    {
        var forest = new TokenForest.Builder();
        forest.Add(-1, tokens, isLeaf: true);
        return forest.Build();
    }

    public static float[] Score(IRewardEngine engine, TokenForest forest)
    {
        var rewards = new float[forest.Leaves.Length];
        engine.Score(forest, rewards, default);
        return rewards;
    }

    private static DecoderConfig Base(string type) => new()
    {
        ModelType = type, VocabularySize = 61, HiddenSize = 20, IntermediateSize = 37, Layers = 3, Heads = 4, KeyValueHeads = 2,
        HeadSize = 8, MaxLength = 4096,
    };

    /// <summary>Weights of a scale at which every part of the model matters.</summary>
    internal sealed class RandomSource(int seed) : IParameterSource
    {
        public void Read(ParameterInfo parameter, Span<float> destination)
        {
            var random = new Random(seed ^ StableHash(parameter.Name));
            float centre = parameter.Kind == ParameterKind.Gain ? 1 : 0;
            float scale = parameter.Kind switch
            {
                ParameterKind.Embedding => 1,
                ParameterKind.Gain or ParameterKind.Bias => 0.3f,
                _ => 1.5f / MathF.Sqrt(parameter.Columns),
            };
            foreach (ref float value in destination)
            {
                value = centre + (scale * ((2 * random.NextSingle()) - 1));
            }
        }

        private static int StableHash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
    }
}
