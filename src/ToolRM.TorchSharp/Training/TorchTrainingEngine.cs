using System.Runtime.InteropServices;
using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Rows;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Training;

/// <summary>Trains on a device of libtorch: parameters, gradients and moments in float32, products in the plan's type.</summary>
internal sealed class TorchTrainingEngine : ITrainingEngine
{
    private readonly TorchExecution _execution;
    private readonly RotaryTensors _rotary;
    private readonly ITrainedModel _model;
    private readonly TorchDecoder _decoder;
    private readonly bool _recomputes;
    private ITrainingPass? _pass;
    private bool _disposed;

    /// <param name="config">The model's shape.</param>
    /// <param name="parameters">Its first parameters; read once.</param>
    /// <param name="plan">What runs it; compared with <see cref="TorchPlan.Reference"/> first.</param>
    /// <param name="request">Loading's progress and cancellation, whether activations are kept, and adapters.</param>
    /// <exception cref="ToolRMException">The device is not there, the model does not fit, or the plan's rewards are off.</exception>
    public TorchTrainingEngine(DecoderConfig config, IParameterSource parameters, TorchPlan plan, EngineRequest request)
    {
        Config = config;
        Plan = plan.Describe();
        _recomputes = request.RecomputesActivations;
        _execution = new TorchExecution(plan, config.PadTokenId);
        _rotary = new RotaryTensors(config, _execution.Device);
        try
        {
            _model = request.Lora is null
                ? new FullModel(config, parameters, _execution.Device, request)
                : new LoraModel(config, parameters, _execution.Device, plan.Compute, request);
        }
        catch (ExternalException error) when (DeviceMemory.IsExhausted(error))
        {
            throw new OutOfDeviceMemoryException(
                $"The memory of {plan.DeviceName} does not suffice to train a model of {ParameterLayout.TotalCount(config)} parameters, " +
                $"16 bytes for each that is trained: {DeviceMemory.FirstLine(error)} Train adapters, a smaller model, or on a larger device.",
                error);
        }

        _decoder = new TorchDecoder(config, plan.Compute, _model.Tensors, _rotary);
        try
        {
            PlanCheck.Run(config, plan, _model.Tensors, _rotary);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DecoderConfig Config { get; }

    public KernelPlan Plan { get; }

    public IReadOnlyList<ParameterInfo> Parameters => _model.Parameters;

    /// <inheritdoc/>
    /// <exception cref="OutOfDeviceMemoryException">Memory does not suffice for a single sequence.</exception>
    public void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        if (Begin(forest, rewards))
        {
            DeviceMemory.RunInHalves(ScorePass, forest, rewards[..forest.Leaves.Length], cancellationToken);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="OutOfDeviceMemoryException">Memory does not suffice.</exception>
    public void Forward(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        if (!Begin(forest, rewards))
        {
            return;
        }

        try
        {
            using DisposeScope scope = NewDisposeScope();
            using var settings = _execution.Enter();
            ForestRows rows = _execution.Lay(forest);
            _pass = _recomputes
                ? new RecomputingPass(_decoder, rows, cancellationToken)
                : new KeepingPass(_decoder, rows, cancellationToken);
            RewardTransfer.Read(_pass.Rewards, rewards);
            _pass.DetachFromScope();
        }
        catch (Exception error)
        {
            EndPass();
            if (error is ExternalException external)
            {
                throw Typed(external);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="OutOfDeviceMemoryException">Memory does not suffice; gradients are then of no use.</exception>
    public void Backward(ReadOnlySpan<float> rewardGradients, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ITrainingPass pass = _pass ?? throw new InvalidOperationException("Backward needs a Forward before it.");
        ArgumentOutOfRangeException.ThrowIfNotEqual(rewardGradients.Length, pass.Rewards.shape[0]);
        try
        {
            using DisposeScope scope = NewDisposeScope();
            using var settings = _execution.Enter();
            pass.Backward(tensor(rewardGradients.ToArray(), ScalarType.Float32, _execution.Device), cancellationToken);
        }
        catch (ExternalException error)
        {
            throw Typed(error);
        }
        finally
        {
            EndPass();
        }
    }

    public double GradientNorm() => TorchAdamW.GradientNorm(_model.Trained);

    public void Step(in AdamWStep step)
    {
        EndPass();
        TorchAdamW.Apply(step, _model.Trained);
    }

    public void Read(ParameterInfo parameter, ParameterPart part, Span<float> destination) => _model.Read(parameter, part, destination);

    public void Write(ParameterInfo parameter, ParameterPart part, ReadOnlySpan<float> source)
    {
        EndPass();
        _model.Trained.Write(parameter, part, source);
    }

    public void Dispose()
    {
        _disposed = true;
        EndPass();
        _model.Dispose();
        _rotary.Dispose();
    }

    /// <summary>Checks a forest, and frees what a forward pass before it kept; false if there is nothing to do.</summary>
    private bool Begin(TokenForest forest, ReadOnlySpan<float> rewards)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ForestChecks.Validate(forest, Config, rewards.Length);
        EndPass();
        return forest.Leaves.Length > 0;
    }

    private void ScorePass(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        using var grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using var settings = _execution.Enter();
        RewardTransfer.Read(_decoder.Run(_execution.Lay(forest), cancellationToken), rewards);
    }

    private void EndPass()
    {
        _pass?.Dispose();
        _pass = null;
    }

    private ToolRMException Typed(ExternalException error) => !DeviceMemory.IsExhausted(error) ? DeviceMemory.Failure(error)
        : new OutOfDeviceMemoryException(
            $"The memory of {Plan.Device} does not suffice for a training step: {DeviceMemory.FirstLine(error)} Take fewer tokens per micro-batch, a smaller " +
            "MaxLength, or have activations computed again instead of kept (RecomputeActivations).",
            error);
}
