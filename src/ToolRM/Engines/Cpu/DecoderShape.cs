using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu;

/// <summary>The widths of a model's rows, and the same padded to whole panels of the kernel.</summary>
internal sealed class DecoderShape
{
    public DecoderShape(DecoderConfig config, MatmulKernel kernel)
    {
        Config = config;
        Width = kernel.Columns;
        Hidden = config.HiddenSize;
        Intermediate = config.IntermediateSize;
        HeadSize = config.HeadSize;
        Heads = config.Heads;
        KeyValueHeads = config.KeyValueHeads;
        Queries = Heads * HeadSize;
        Keys = KeyValueHeads * HeadSize;
        Projected = Queries + (2 * Keys);
        PaddedHidden = Pad(Hidden);
        PaddedIntermediate = Pad(Intermediate);
        PaddedHeadSize = Pad(HeadSize);
        PaddedQueries = Pad(Queries);
        PaddedKeys = Pad(Keys);
        PaddedProjected = Pad(Projected);
        NormEpsilon = (float)config.NormEpsilon;
        QueryScale = (float)(1 / Math.Sqrt(HeadSize));
    }

    public DecoderConfig Config { get; }

    /// <summary>Columns of a panel.</summary>
    public int Width { get; }

    public int Hidden { get; }

    public int PaddedHidden { get; }

    public int Intermediate { get; }

    public int PaddedIntermediate { get; }

    public int HeadSize { get; }

    public int PaddedHeadSize { get; }

    public int Heads { get; }

    public int KeyValueHeads { get; }

    /// <summary>Query heads that share a key and value head.</summary>
    public int Group => Heads / KeyValueHeads;

    /// <summary>Width of all query heads together.</summary>
    public int Queries { get; }

    public int PaddedQueries { get; }

    /// <summary>Width of all key heads together; values have the same.</summary>
    public int Keys { get; }

    public int PaddedKeys { get; }

    /// <summary>Width of queries, keys and values side by side.</summary>
    public int Projected { get; }

    public int PaddedProjected { get; }

    public float NormEpsilon { get; }

    /// <summary>1 / sqrt(head size), applied to the queries once.</summary>
    public float QueryScale { get; }

    public int Pad(int width) => (width + Width - 1) / Width * Width;
}
