using System.Text.Json;

namespace ToolRM;

/// <summary>A tool (function) that the assistant may call. Immutable and safe to share between threads.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Description">What it does, in words; <see langword="null"/> if not given.</param>
/// <param name="Parameters">
/// The JSON Schema of the arguments, normally an object schema with <c>properties</c> and <c>required</c>.
/// <see cref="JsonValueKind.Undefined"/> means that no schema was given (the tool takes no arguments).
/// </param>
public sealed record Tool(string Name, string? Description, JsonElement Parameters);
