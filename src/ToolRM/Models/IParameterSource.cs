namespace ToolRM.Models;

/// <summary>Where an engine gets its parameters from: a checkpoint, or a seeded initialiser.</summary>
internal interface IParameterSource
{
    /// <summary>Writes the parameter's values, row-major, as float32.</summary>
    void Read(ParameterInfo parameter, Span<float> destination);
}
