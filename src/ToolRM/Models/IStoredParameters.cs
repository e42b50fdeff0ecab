namespace ToolRM.Models;

/// <summary>Parameters of which parts can be read, on many threads at once, and whose stored type is known.</summary>
internal interface IStoredParameters : IParameterSource
{
    /// <summary>Whether all values of the parameter are bfloat16 numbers, which 16 bits hold exactly.</summary>
    bool IsBFloat16(ParameterInfo parameter);

    /// <summary>Writes as many rows as the destination holds, row-major, as float32.</summary>
    void ReadRows(ParameterInfo parameter, int firstRow, Span<float> destination);
}
