using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Training;

/// <summary>
/// A model of which adapters and the reward head are trained; its other parameters are kept without gradients and moments, in 16
/// bits where those hold them exactly.
/// </summary>
internal sealed class LoraModel : ITrainedModel
{
    private readonly ScoringTensors _fixed;
    private readonly HostStaging _staging = new();

    public LoraModel(DecoderConfig config, IParameterSource source, Device device, ScalarType compute, EngineRequest request)
    {
        LoraOptions options = request.Lora!;
        Parameters = LoraLayout.For(config, options);
        bool keeps16 = compute == ScalarType.BFloat16;
        try
        {
            _fixed = new ScoringTensors(
                config, source, device,
                parameter => keeps16 && source is IStoredParameters stored && stored.IsBFloat16(parameter) ? ScalarType.BFloat16 : ScalarType.Float32,
                request);
            Trained = new FlatParameters(Parameters, device);
            Trained.Load(Parameters, new FirstValues(source, request.Seed), request with { LoadProgress = null });
        }
        catch
        {
            Dispose();
            throw;
        }

        var all = new Dictionary<string, Tensor>(_fixed.ByName);
        foreach ((string name, Tensor tensor) in Trained.ByName)
        {
            all[name] = tensor;
        }

        Tensors = new DecoderTensors(all, options.Scale);
    }

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public FlatParameters Trained { get; }

    public DecoderTensors Tensors { get; }

    public void Read(ParameterInfo parameter, ParameterPart part, Span<float> destination)
    {
        if (Trained.ByName.ContainsKey(parameter.Name))
        {
            Trained.Read(parameter, part, destination);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual((int)part, (int)ParameterPart.Value, nameof(part));
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, parameter.Count, nameof(destination));
        using var grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor value = _fixed.ByName[parameter.Name].to_type(ScalarType.Float32);
        if (Tensors.AdapterOf(parameter.Name) is { } adapter)
        {
            value = value.Plus(adapter.Product());
        }

        _staging.Read(value.view(-1), destination);
    }

    public void Dispose()
    {
        _fixed?.Dispose();
        _staging.Dispose();
        Trained?.Dispose();
    }

    /// <summary>Adapters that add nothing yet; the head is the model's.</summary>
    private sealed class FirstValues(IParameterSource source, ulong seed) : IParameterSource
    {
        public void Read(ParameterInfo parameter, Span<float> destination)
        {
            if (parameter.Kind == ParameterKind.Head)
            {
                source.Read(parameter, destination);
            }
            else if (LoraLayout.StartsAtZero(parameter))
            {
                destination.Clear();
            }
            else
            {
                // The variance that PEFT starts with.
                new SeededInitializer(seed, 1 / Math.Sqrt(3.0 * parameter.Columns)).Read(parameter, destination);
            }
        }
    }
}
