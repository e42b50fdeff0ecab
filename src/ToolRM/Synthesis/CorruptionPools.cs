using System.Runtime.InteropServices;
using System.Text.Json;
using ToolRM.ToolCalls.Parsing;
using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis;

/// <summary>What other examples offer: values by their parameter, and tools. Immutable and thread-safe.</summary>
internal sealed class CorruptionPools
{
    private const int MaxValues = 400;
    private const int MaxNames = 400;
    private const int ValuesOfEachName = 5;

    /// <summary>So few values of a parameter say little; those of all parameters of the name are taken instead.</summary>
    private const int MinValues = 4;

    private readonly Dictionary<string, List<JsonElement>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JsonElement>> _byKind = new(StringComparer.Ordinal);

    /// <summary>Collects from the golds; the first ones count where there are too many.</summary>
    public CorruptionPools(IEnumerable<GoldExample> golds)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<(string Key, JsonValueKind Kind, string Value)>();
        var tools = new List<Tool>();
        foreach (GoldExample gold in golds)
        {
            tools.AddRange(gold.Prompt.Tools.Where(tool => names.Add(tool.Name)));
            foreach (ToolCall call in gold.Gold.Calls.Where(call => call.Arguments.ValueKind == JsonValueKind.Object))
            {
                Add(call, gold.Prompt.Tools.FirstOrDefault(tool => tool.Name == call.Name), seen);
            }
        }

        Tools = tools;
        AnyValues = [.. _byName.Take(MaxNames).SelectMany(pool => pool.Value.Take(ValuesOfEachName))];
        if (AnyValues.Count == 0)
        {
            AnyValues = [Scalars.Of("value")];
        }
    }

    /// <summary>Tools of different names.</summary>
    public IReadOnlyList<Tool> Tools { get; }

    /// <summary>Values of all kinds of parameters; at least one.</summary>
    public IReadOnlyList<JsonElement> AnyValues { get; }

    /// <summary>
    /// Different strings and numbers of the same kind as the parameter's: those of parameters of its name and description, whichever
    /// function has them; if these are few, <see cref="ValuesOfName"/>.
    /// </summary>
    public IReadOnlyList<JsonElement> ValuesOf(ParameterFacts parameter) =>
        _byKind.TryGetValue(KindOf(parameter.Name, parameter.Description), out List<JsonElement>? values) && values.Count >= MinValues
            ? values
            : ValuesOfName(parameter.Name);

    /// <summary>
    /// Different strings and numbers that parameters of this name are given; the name's part after the last point counts, whatever its
    /// case.
    /// </summary>
    public IReadOnlyList<JsonElement> ValuesOfName(string parameter) => _byName.GetValueOrDefault(LastPart(parameter)) ?? [];

    private void Add(ToolCall call, Tool? tool, HashSet<(string, JsonValueKind, string)> seen)
    {
        JsonElement properties = tool?.Parameters.Get("properties", JsonValueKind.Object) ?? default;
        foreach (JsonProperty argument in call.Arguments.EnumerateObject())
        {
            if (Scalars.IsTextOrNumber(argument.Value))
            {
                Add(_byName, LastPart(argument.Name), argument.Value, seen);
                if (properties.Get(argument.Name, JsonValueKind.Object).Text("description") is { } description)
                {
                    Add(_byKind, KindOf(argument.Name, description), argument.Value, seen);
                }
            }
        }
    }

    private static void Add(
        Dictionary<string, List<JsonElement>> pools, string key, JsonElement value, HashSet<(string, JsonValueKind, string)> seen)
    {
        List<JsonElement> values = CollectionsMarshal.GetValueRefOrAddDefault(pools, key, out _) ??= [];
        if (values.Count < MaxValues && seen.Add((key, value.ValueKind, Scalars.InWords(value))))
        {
            values.Add(value);
        }
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();

    private static string KindOf(string name, string description) => $"{LastPart(name)}\n{description}";
}
