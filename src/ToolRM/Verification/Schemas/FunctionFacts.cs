using System.Runtime.CompilerServices;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Verification.Schemas;

/// <summary>
/// What is known of a tool whatever is asked: its parameters and the words it is described in. Immutable and thread-safe.
/// </summary>
internal sealed class FunctionFacts
{
    private static readonly ConditionalWeakTable<Tool, FunctionFacts> _known = [];

    private Dictionary<string, ParameterFacts>? _byName;

    /// <summary>The facts of a tool; computed once for as long as the tool lives.</summary>
    public static FunctionFacts Of(Tool tool) => _known.GetValue(tool, Read);

    public required Tool Tool { get; init; }

    public string Name => Tool.Name;

    /// <summary>The parameters in the order of the schema.</summary>
    public required IReadOnlyList<ParameterFacts> Parameters { get; init; }

    public required int RequiredCount { get; init; }

    /// <summary>Different stems of the name, without stop words.</summary>
    public required IReadOnlySet<string> NameStems { get; init; }

    /// <summary>Different stems of the description, without stop words.</summary>
    public required IReadOnlySet<string> DescriptionStems { get; init; }

    /// <summary>Different stems of the parameters' names, without stop words.</summary>
    public required IReadOnlySet<string> ParameterStems { get; init; }

    /// <summary>Whether there are no other parameters than <see cref="Parameters"/>.</summary>
    public bool IsClosed => ToolSchema.Of(Tool).Arguments.Known.IsClosed;

    /// <summary>The parameter of exactly this name.</summary>
    public ParameterFacts? Find(string name) =>
        (_byName ??= Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal)).GetValueOrDefault(name);

    private static FunctionFacts Read(Tool tool)
    {
        ToolSchema schema = ToolSchema.Of(tool);
        Dictionary<string, SchemaSource> sources = new SchemaSource(tool.Parameters, tool.Parameters).Properties();
        ParameterFacts[] parameters =
        [
            .. schema.ParameterNames.Select(name => ParameterFacts.Read(
                name, schema.Parameter(name) ?? JsonSchema.Any, sources.GetValueOrDefault(name), schema.Required.Contains(name))),
        ];
        return new FunctionFacts
        {
            Tool = tool,
            Parameters = parameters,
            RequiredCount = parameters.Count(parameter => parameter.IsRequired),
            NameStems = ContentStems.OfName(tool.Name).ToHashSet(StringComparer.Ordinal),
            DescriptionStems = ContentStems.Of(tool.Description ?? "").ToHashSet(StringComparer.Ordinal),
            ParameterStems = parameters.SelectMany(parameter => parameter.NameStems).ToHashSet(StringComparer.Ordinal),
        };
    }
}
