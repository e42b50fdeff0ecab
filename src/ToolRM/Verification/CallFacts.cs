using System.Text.Json;
using ToolRM.Verification.Schemas;

namespace ToolRM.Verification;

/// <summary>A call of a candidate with what is known of it. Immutable.</summary>
internal sealed class CallFacts
{
    public CallFacts(RequestFacts request, ToolCall call, int index)
    {
        Call = call;
        Index = index;
        Function = request.Find(call.Name);
        Arguments = call.Arguments.ValueKind == JsonValueKind.Object
            ? [.. call.Arguments.EnumerateObject().Select(argument =>
                new ArgumentFacts(request.Conversation, this, argument.Name, argument.Value, Function?.Find(argument.Name)))]
            : [];
    }

    public ToolCall Call { get; }

    /// <summary>Which of the candidate's calls it is, from 0.</summary>
    public int Index { get; }

    /// <summary>The function; <see langword="null"/> if no tool has this name.</summary>
    public FunctionFacts? Function { get; }

    /// <summary>The arguments in their order; none if they are no object.</summary>
    public IReadOnlyList<ArgumentFacts> Arguments { get; }

    /// <summary>The parameters that the call leaves out, required ones included, in the order of the schema.</summary>
    public IReadOnlyList<ParameterFacts> Omitted =>
        field ??= Function is null ? [] : [.. Function.Parameters.Where(parameter => Find(parameter.Name) is null)];

    private Dictionary<string, ArgumentFacts> ByName => field ??= Arguments
        .DistinctBy(argument => argument.Name, StringComparer.Ordinal).ToDictionary(argument => argument.Name, StringComparer.Ordinal);

    /// <summary>The argument of exactly this name; the first of several.</summary>
    public ArgumentFacts? Find(string name) => ByName.GetValueOrDefault(name);
}
