using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Weights;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Training;

/// <summary>A model of which all parameters are trained.</summary>
internal sealed class FullModel : ITrainedModel
{
    public FullModel(DecoderConfig config, IParameterSource source, Device device, EngineRequest request)
    {
        Parameters = ParameterLayout.For(config);
        Trained = new FlatParameters(Parameters, device);
        Tensors = new DecoderTensors(Trained.ByName);
        try
        {
            Trained.Load(Parameters, source, request);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public FlatParameters Trained { get; }

    public DecoderTensors Tensors { get; }

    public void Read(ParameterInfo parameter, ParameterPart part, Span<float> destination) => Trained.Read(parameter, part, destination);

    public void Dispose() => Trained.Dispose();
}
