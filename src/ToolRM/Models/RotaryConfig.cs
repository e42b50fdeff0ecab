namespace ToolRM.Models;

/// <summary>How rotary frequencies are scaled beyond the trained length (<c>rope_scaling.rope_type</c>).</summary>
public enum RotaryScaling
{
    /// <summary>No scaling (<c>default</c>).</summary>
    None,

    /// <summary>Every frequency divided by the factor (<c>linear</c>).</summary>
    Linear,

    /// <summary>Low frequencies divided by the factor, with a smooth passage to the high ones (<c>llama3</c>).</summary>
    Llama3,
}

/// <summary>Parameters of the rotary position embedding (Su et al., RoFormer, arXiv 2104.09864). Immutable.</summary>
public sealed record RotaryConfig
{
    /// <summary>The base of the frequencies (<c>rope_theta</c>).</summary>
    public double Theta { get; init; } = 10_000;

    /// <summary>The kind of scaling.</summary>
    public RotaryScaling Scaling { get; init; }

    /// <summary>The scaling factor (<c>factor</c>); at least 1. Used by linear and llama3 scaling.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>llama3 scaling: <c>low_freq_factor</c>.</summary>
    public double LowFrequencyFactor { get; init; } = 1;

    /// <summary>llama3 scaling: <c>high_freq_factor</c>.</summary>
    public double HighFrequencyFactor { get; init; } = 4;

    /// <summary>llama3 scaling: <c>original_max_position_embeddings</c>, in tokens.</summary>
    public int OriginalMaxLength { get; init; } = 8192;
}
