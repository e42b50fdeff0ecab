using System.Runtime.InteropServices;
using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Rows;
using ToolRM.TorchSharp.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp;

/// <summary>Scores forests on a device of libtorch.</summary>
internal sealed class TorchRewardEngine : IRewardEngine
{
    private readonly TorchExecution _execution;
    private readonly ScoringTensors _tensors;
    private readonly RotaryTensors _rotary;
    private readonly TorchDecoder _decoder;
    private bool _disposed;

    /// <param name="config">The model's shape.</param>
    /// <param name="parameters">Its parameters; read once.</param>
    /// <param name="plan">What runs it; compared with <see cref="TorchPlan.Reference"/> first.</param>
    /// <param name="request">Loading's progress and cancellation.</param>
    /// <exception cref="ToolRMException">The device is not there, the model does not fit, or the plan's rewards are off.</exception>
    public TorchRewardEngine(DecoderConfig config, IParameterSource parameters, TorchPlan plan, EngineRequest request)
    {
        Config = config;
        Plan = plan.Describe();
        _execution = new TorchExecution(plan, config.PadTokenId);
        _rotary = new RotaryTensors(config, _execution.Device);
        try
        {
            _tensors = new ScoringTensors(config, parameters, _execution.Device, _ => plan.Compute, request);
        }
        catch (ExternalException error) when (DeviceMemory.IsExhausted(error))
        {
            throw new OutOfDeviceMemoryException(
                $"The model does not fit into the memory of {plan.DeviceName}: {DeviceMemory.FirstLine(error)} Choose a smaller element type or another device.",
                error);
        }

        var tensors = new DecoderTensors(_tensors.ByName);
        _decoder = new TorchDecoder(config, plan.Compute, tensors, _rotary);
        try
        {
            PlanCheck.Run(config, plan, tensors, _rotary);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DecoderConfig Config { get; }

    public KernelPlan Plan { get; }

    /// <inheritdoc/>
    /// <exception cref="OutOfDeviceMemoryException">Memory does not suffice for a single sequence.</exception>
    public void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ForestChecks.Validate(forest, Config, rewards.Length);
        cancellationToken.ThrowIfCancellationRequested();
        if (forest.Leaves.Length > 0)
        {
            DeviceMemory.RunInHalves(Pass, forest, rewards[..forest.Leaves.Length], cancellationToken);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _tensors.Dispose();
        _rotary.Dispose();
    }

    private void Pass(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        using var grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using var settings = _execution.Enter();
        ForestRows rows = _execution.Lay(forest);
        RewardTransfer.Read(_decoder.Run(rows, cancellationToken), rewards);
    }
}
