using System.Text.Json;
using ToolRM.Verification.Grounding;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification;

/// <summary>An argument of a call with what is known of it. Immutable.</summary>
internal sealed class ArgumentFacts(Conversation conversation, CallFacts call, string name, JsonElement value, ParameterFacts? parameter)
{
    public CallFacts Call { get; } = call;

    public string Name { get; } = name;

    public JsonElement Value { get; } = value;

    /// <summary>The parameter; <see langword="null"/> if the function has none of this name.</summary>
    public ParameterFacts? Parameter { get; } = parameter;

    /// <summary>How the value contradicts its type.</summary>
    public TypeViolation Violation => Parameter is null ? TypeViolation.None : TypeViolations.Find(Parameter.Schema, Value);

    /// <summary>Whether the value, or an item of it, is none of the allowed ones.</summary>
    public bool ViolatesEnum => Parameter?.Allows(Value) == false;

    /// <summary>The leaves of the value, at least one, with where they come from.</summary>
    public IReadOnlyList<GroundedLeaf> Leaves => field ??= ValueGrounding.Ground(Value, Parameter, conversation);

    /// <summary>Share of the leaves, 0 to 1, that the conversation gives.</summary>
    public double GroundedShare => (double)Leaves.Count(leaf => leaf.Grounding.IsGrounded()) / Leaves.Count;

    /// <summary>Share of the leaves, 0 to 1, that the conversation gives no reason for.</summary>
    public double UngroundedShare => (double)Leaves.Count(leaf => leaf.Grounding.IsUngrounded()) / Leaves.Count;

    /// <summary>Whether the value is what leaving the argument out means.</summary>
    public bool IsDefault => Parameter?.IsDefault(Value) == true;

    /// <summary>Share of the words of the parameter's name, 0 to 1, that the conversation contains.</summary>
    public double NameCue => Parameter is null ? 0 : ValueGrounding.NameCue(Parameter, conversation);
}
