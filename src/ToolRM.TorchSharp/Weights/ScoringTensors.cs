using ToolRM.Engines;
using ToolRM.Models;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Weights;

/// <summary>A model's parameters on a device, which do not change: matrices in a type of their own each, gains and the head in float32.</summary>
internal sealed class ScoringTensors : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors = [];

    /// <param name="config">The model's shape.</param>
    /// <param name="source">Its parameters.</param>
    /// <param name="device">Where they are to be.</param>
    /// <param name="typeOf">The type of a matrix, the embedding or a bias.</param>
    /// <param name="request">Progress and cancellation.</param>
    /// <exception cref="OperationCanceledException">The reading was cancelled; what was loaded is freed.</exception>
    public ScoringTensors(
        DecoderConfig config, IParameterSource source, Device device, Func<ParameterInfo, ScalarType> typeOf, EngineRequest request)
    {
        try
        {
            Load(ParameterLayout.For(config), source, device, typeOf, request);
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

    private void Load(
        IReadOnlyList<ParameterInfo> parameters, IParameterSource source, Device device, Func<ParameterInfo, ScalarType> typeOf, EngineRequest request)
    {
        using var grad = no_grad();
        using var upload = new ParameterUpload(source, request, parameters.Sum(parameter => parameter.Count));
        foreach (ParameterInfo parameter in parameters)
        {
            bool isProduct = parameter.Kind is ParameterKind.Matrix or ParameterKind.Embedding or ParameterKind.Bias;
            Tensor values = empty(
                [.. parameter.Shape.Select(size => (long)size)], isProduct ? typeOf(parameter) : ScalarType.Float32, device).DetachFromDisposeScope();
            _tensors.Add(parameter.Name, values);
            using Tensor flat = values.view(-1);
            upload.Send(parameter, flat);
        }
    }
}
