using System.Text.Json;

namespace ToolRM;

/// <summary>One call of a tool. Immutable and safe to share between threads.</summary>
/// <param name="Name">The name of the function called.</param>
/// <param name="Arguments">The arguments, normally a JSON object; other JSON values are kept as the model wrote them.</param>
public sealed record ToolCall(string Name, JsonElement Arguments)
{
    /// <summary>The call's id, kept for round trips and ignored when calls are compared or scored.</summary>
    public string? Id { get; init; }
}
