using ToolRM.Models;

namespace ToolRM.Engines;

/// <summary>
/// An engine in a package of its own, which this assembly cannot reference: it is there when the application has the package.
/// Safe for concurrent calls.
/// </summary>
internal abstract class EngineProvider
{
    /// <summary>The engine of the package <c>ToolRM.TorchSharp</c>; <see langword="null"/> where the application does not have it.</summary>
    public static EngineProvider? TorchSharp { get; } = FindTorchSharp();

    /// <summary>The graphics processor to take where none is asked for, <see langword="null"/> if none can be used; and why.</summary>
    public abstract (DeviceName? Device, string Reason) FindGraphicsProcessor();

    /// <summary>What would run the model, and why. Loads no parameters.</summary>
    /// <exception cref="ToolRMException">The device or its libraries are not there, or the kernels asked for cannot run on it.</exception>
    public abstract KernelPlan Describe(DecoderConfig config, EngineRequest request);

    /// <summary>An engine that scores.</summary>
    /// <exception cref="ToolRMException">As for <see cref="Describe"/>; the model does not fit; or the plan failed its self-check.</exception>
    public abstract IRewardEngine CreateScorer(DecoderConfig config, IParameterSource parameters, EngineRequest request);

    /// <summary>An engine that trains.</summary>
    /// <exception cref="ToolRMException">As for <see cref="CreateScorer"/>.</exception>
    public abstract ITrainingEngine CreateTrainer(DecoderConfig config, IParameterSource parameters, EngineRequest request);

    /// <summary>The name is a constant, so that trimming and ahead-of-time compilation keep the type where the assembly is.</summary>
    private static EngineProvider? FindTorchSharp() =>
        Type.GetType("ToolRM.TorchSharp.TorchSharpProvider, ToolRM.TorchSharp") is { } type ? (EngineProvider?)Activator.CreateInstance(type) : null;
}
