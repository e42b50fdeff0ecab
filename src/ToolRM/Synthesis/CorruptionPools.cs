using System.Text.Json;

namespace ToolRM.Synthesis;

/// <summary>What other examples offer: values by the name of their parameter, and tools. Immutable and thread-safe.</summary>
internal sealed class CorruptionPools
{
    private const int MaxValuesOfAName = 400;
    private const int MaxNames = 400;
    private const int ValuesOfEachName = 5;

    private readonly Dictionary<string, List<JsonElement>> _values = new(StringComparer.Ordinal);

    /// <summary>Collects from the golds; the first ones count where there are too many.</summary>
    public CorruptionPools(IEnumerable<GoldExample> golds)
    {
        var seenValues = new HashSet<(string, JsonValueKind, string)>();
        var seenTools = new HashSet<string>(StringComparer.Ordinal);
        var tools = new List<Tool>();
        var names = new List<string>();
        foreach (GoldExample gold in golds)
        {
            tools.AddRange(gold.Prompt.Tools.Where(tool => seenTools.Add(tool.Name)));
            foreach (ToolCall call in gold.Gold.Calls.Where(call => call.Arguments.ValueKind == JsonValueKind.Object))
            {
                foreach (JsonProperty argument in call.Arguments.EnumerateObject())
                {
                    Add(argument, names, seenValues);
                }
            }
        }

        Tools = tools;
        AnyValues = [.. names.Take(MaxNames).SelectMany(name => _values[name].Take(ValuesOfEachName))];
        if (AnyValues.Count == 0)
        {
            AnyValues = [Scalars.Of("value")];
        }
    }

    /// <summary>Tools of different names.</summary>
    public IReadOnlyList<Tool> Tools { get; }

    /// <summary>Values of all kinds of parameters; at least one.</summary>
    public IReadOnlyList<JsonElement> AnyValues { get; }

    /// <summary>Different strings and numbers that parameters of this name are given; the name's part after the last point counts, whatever its case.</summary>
    public IReadOnlyList<JsonElement> ValuesOf(string parameter) => _values.GetValueOrDefault(KeyOf(parameter)) ?? [];

    private void Add(JsonProperty argument, List<string> names, HashSet<(string, JsonValueKind, string)> seen)
    {
        if (!Scalars.IsTextOrNumber(argument.Value))
        {
            return;
        }

        string key = KeyOf(argument.Name);
        if (!_values.TryGetValue(key, out List<JsonElement>? values))
        {
            _values.Add(key, values = []);
            names.Add(key);
        }

        if (values.Count < MaxValuesOfAName && seen.Add((key, argument.Value.ValueKind, Scalars.InWords(argument.Value))))
        {
            values.Add(argument.Value);
        }
    }

    private static string KeyOf(string parameter) => parameter[(parameter.LastIndexOf('.') + 1)..].ToLowerInvariant();
}
