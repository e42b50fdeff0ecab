using ToolRM.Models;

namespace ToolRM.Engines;

/// <summary>What is asked of an engine.</summary>
internal sealed record EngineRequest
{
    /// <summary>The device: <c>auto</c>, <c>cpu</c>, <c>libtorch</c>, <c>cuda</c>, <c>cuda:1</c> or <c>mps</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Why that device, in words.</summary>
    public string DeviceReason { get; init; } = "asked for";

    /// <summary>
    /// Kernels to use whatever the selector would choose, as words separated by commas, for example <c>float32,math,packed</c>;
    /// <see langword="null"/> for its choice.
    /// </summary>
    public string? Kernel { get; init; }

    /// <summary>The arithmetic of the processor's own engine; others take it from <see cref="Kernel"/>.</summary>
    public ElementType ElementType { get; init; } = ElementType.Float32;

    /// <summary>Threads of work on the processor; at least one.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Tokens of the forests to expect: what the selector weighs layouts by.</summary>
    public int TokenBudget { get; init; } = 16_384;

    /// <summary>Training: whether activations are computed again for the backward pass instead of kept.</summary>
    public bool RecomputesActivations { get; init; }

    /// <summary>Training: the adapters to train in place of the model's own matrices; <see langword="null"/> to train all parameters.</summary>
    public LoraOptions? Lora { get; init; }

    /// <summary>Training: the seed of the adapters' first values.</summary>
    public ulong Seed { get; init; }

    /// <summary>Told the share of the parameters that are read, from 0 to 1, about a hundred times.</summary>
    public IProgress<double>? LoadProgress { get; init; }

    /// <summary>Stops the reading of parameters.</summary>
    public CancellationToken CancellationToken { get; init; }
}
