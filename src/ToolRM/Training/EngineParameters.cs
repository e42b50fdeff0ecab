using ToolRM.Engines;
using ToolRM.Models;

namespace ToolRM.Training;

/// <summary>The current parameters of a training engine, to be saved.</summary>
internal sealed class EngineParameters(ITrainingEngine engine) : IParameterSource
{
    public void Read(ParameterInfo parameter, Span<float> destination) => engine.Read(parameter, ParameterPart.Value, destination);
}
