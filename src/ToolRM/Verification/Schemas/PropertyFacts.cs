using System.Collections.Concurrent;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Verification.Schemas;

/// <summary>The facts of an object's properties, each computed when it is first needed. Thread-safe.</summary>
/// <param name="parent">The object, or list of objects.</param>
internal sealed class PropertyFacts(ParameterFacts parent)
{
    // Names come from candidates, and a pattern may allow any number of them.
    private const int MaxKept = 1_000;
    private readonly ConcurrentDictionary<string, ParameterFacts> _known = new(StringComparer.Ordinal);
    private readonly JsonSchema _schema = parent.Types.Has(JsonTypes.Array) && !parent.Types.Has(JsonTypes.Object)
        ? SchemaLookup.Item(parent.Schema, 0) ?? parent.Schema
        : parent.Schema;
    private readonly Dictionary<string, SchemaSource> _sources = parent.Source.Properties();

    public ParameterFacts? Find(string name)
    {
        if (_known.TryGetValue(name, out ParameterFacts? known))
        {
            return known;
        }

        if (SchemaLookup.Property(_schema, name) is not { } schema)
        {
            return null;
        }

        bool isRequired = SchemaLookup.Parts(_schema).Any(part => part.Required.Contains(name));
        ParameterFacts facts = ParameterFacts.Read(name, schema, _sources.GetValueOrDefault(name), isRequired, parent.Depth + 1);
        return _known.Count < MaxKept ? _known.GetOrAdd(name, facts) : facts;
    }
}
