using ToolRM.Engines;
using ToolRM.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Weights;

/// <summary>A model's parameters on a device, for scoring: matrices in the type of the products, gains and the head in float32.</summary>
internal sealed class ScoringTensors : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors = [];

    /// <exception cref="OperationCanceledException">The reading was cancelled; what was loaded is freed.</exception>
    public ScoringTensors(DecoderConfig config, IParameterSource source, Device device, ScalarType compute, EngineRequest request)
    {
        try
        {
            Load(ParameterLayout.For(config), source, device, compute, request);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyDictionary<string, Tensor> ByName => _tensors;

    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private void Load(IReadOnlyList<ParameterInfo> parameters, IParameterSource source, Device device, ScalarType compute, EngineRequest request)
    {
        using var grad = no_grad();
        using var upload = new ParameterUpload(source, request, parameters.Sum(parameter => parameter.Count));
        foreach (ParameterInfo parameter in parameters)
        {
            bool isProduct = parameter.Kind is ParameterKind.Matrix or ParameterKind.Embedding or ParameterKind.Bias;
            Tensor values = empty(
                [.. parameter.Shape.Select(size => (long)size)], isProduct ? compute : ScalarType.Float32, device).DetachFromDisposeScope();
            _tensors.Add(parameter.Name, values);
            using Tensor flat = values.view(-1);
            upload.Send(parameter, flat);
        }
    }
}
