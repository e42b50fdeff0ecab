using System.Runtime.CompilerServices;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Verification.Schemas;

/// <summary>
/// What is known of a tool whatever is asked: its parameters and the words it is described in. Immutable and thread-safe.
/// </summary>
internal sealed class FunctionFacts
{
    private static readonly ConditionalWeakTable<Tool, FunctionFacts> _known = [];

    private readonly ToolSchema _schema;
    private readonly HashSet<string> _names;

    private FunctionFacts(Tool tool)
    {
        Tool = tool;
        _schema = ToolSchema.Of(tool);
        _names = _schema.ParameterNames.ToHashSet(StringComparer.Ordinal);
        RequiredCount = _schema.ParameterNames.Count(_schema.Required.Contains);
        NameStems = ContentStems.OfName(tool.Name).ToHashSet(StringComparer.Ordinal);
        DescriptionStems = ContentStems.Of(tool.Description ?? "").ToHashSet(StringComparer.Ordinal);
        ParameterStems = _schema.ParameterNames.SelectMany(ContentStems.OfName).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The facts of a tool; computed once for as long as the tool lives.</summary>
    public static FunctionFacts Of(Tool tool) => _known.GetValue(tool, known => new FunctionFacts(known));

    public Tool Tool { get; }

    public string Name => Tool.Name;

    /// <summary>
    /// The parameters in the order of the schema; their descriptions are read when they are first asked for, since most tools of a
    /// catalog are not called.
    /// </summary>
    public IReadOnlyList<ParameterFacts> Parameters => field ??= ReadParameters();

    public int RequiredCount { get; }

    /// <summary>Different stems of the name, without stop words.</summary>
    public IReadOnlySet<string> NameStems { get; }

    /// <summary>Different stems of the description, without stop words.</summary>
    public IReadOnlySet<string> DescriptionStems { get; }

    /// <summary>Different stems of the parameters' names, without stop words.</summary>
    public IReadOnlySet<string> ParameterStems { get; }

    /// <summary>Whether there are no other parameters than <see cref="Parameters"/>.</summary>
    public bool IsClosed => _schema.Arguments.Known.IsClosed;

    private Dictionary<string, ParameterFacts> ByName => field ??= Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);

    /// <summary>Whether there is a parameter of exactly this name.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>The parameter of exactly this name.</summary>
    public ParameterFacts? Find(string name) => ByName.GetValueOrDefault(name);

    private ParameterFacts[] ReadParameters()
    {
        Dictionary<string, SchemaSource> sources = new SchemaSource(Tool.Parameters, Tool.Parameters).Properties();
        return
        [
            .. _schema.ParameterNames.Select(name => ParameterFacts.Read(
                name, _schema.Parameter(name) ?? JsonSchema.Any, sources.GetValueOrDefault(name), _schema.Required.Contains(name))),
        ];
    }
}
