using System.Text.Json;
using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis;

/// <summary>An argument of a right call, and its parameter.</summary>
/// <param name="Call">Index of the call.</param>
/// <param name="Function">The function called.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">The right value.</param>
internal sealed record ArgumentSlot(int Call, FunctionFacts Function, ParameterFacts Parameter, JsonElement Value)
{
    public string Name => Parameter.Name;

    public bool IsString => Value.ValueKind == JsonValueKind.String;

    /// <summary>Whether the value is a string that is not chosen from a list.</summary>
    public bool IsFreeText => IsString && Parameter.Enum is null;

    /// <summary>The value if it is a number within the range of decimals.</summary>
    public decimal? Number => Scalars.Number(Value);
}
