using System.Text.Json;

namespace ToolRM.Verification.Schemas;

/// <summary>A node of a tool's schema as it was given, for what compiled schemas leave out: descriptions.</summary>
/// <param name="Root">The schema as a whole, which references lead into.</param>
/// <param name="Node">The node; undefined if it is not known.</param>
internal readonly record struct SchemaSource(JsonElement Root, JsonElement Node)
{
    private const int MaxNodes = 32;
    private static readonly string[] _combinations = ["allOf", "anyOf", "oneOf"];

    /// <summary>The description of the node, or of the first of those it is combined with that has one; empty if none has.</summary>
    public string Description
    {
        get
        {
            foreach (JsonElement node in Nodes())
            {
                if (node.TryGetProperty("description"u8, out JsonElement text) && text.ValueKind == JsonValueKind.String
                    && text.GetString() is { Length: > 0 } found)
                {
                    return found;
                }
            }

            return "";
        }
    }

    /// <summary>
    /// The nodes of the properties by name: the object's own, those of the nodes it is combined with and of the items of a list; of two the
    /// first counts.
    /// </summary>
    public Dictionary<string, SchemaSource> Properties()
    {
        var properties = new Dictionary<string, SchemaSource>(StringComparer.Ordinal);
        JsonElement root = Root;
        foreach (JsonElement node in Nodes())
        {
            if (node.TryGetProperty("properties"u8, out JsonElement list) && list.ValueKind == JsonValueKind.Object)
            {
                AddAll(list);
            }
        }

        if (properties.Count == 0 && Node.ValueKind == JsonValueKind.Object)
        {
            // Parameters that stand where their schema should.
            AddAll(Node);
        }

        return properties;

        void AddAll(JsonElement list)
        {
            foreach (JsonProperty property in list.EnumerateObject())
            {
                properties.TryAdd(property.Name, new SchemaSource(root, property.Value));
            }
        }
    }

    /// <summary>The node and those it is combined with or whose list it is, the nearest first; at most 32.</summary>
    private List<JsonElement> Nodes()
    {
        var nodes = new List<JsonElement>();
        Add(nodes, Node);
        for (int i = 0; i < nodes.Count; i++)
        {
            JsonElement node = nodes[i];
            if (node.TryGetProperty("$ref"u8, out JsonElement pointer) && pointer.ValueKind == JsonValueKind.String)
            {
                Add(nodes, Target(pointer.GetString()!));
            }

            foreach (string combination in _combinations)
            {
                if (node.TryGetProperty(combination, out JsonElement members) && members.ValueKind == JsonValueKind.Array)
                {
                    foreach (JsonElement member in members.EnumerateArray().Take(MaxNodes))
                    {
                        Add(nodes, member);
                    }
                }
            }

            if (node.TryGetProperty("items"u8, out JsonElement items))
            {
                Add(nodes, items);
            }
        }

        return nodes;
    }

    private static void Add(List<JsonElement> nodes, JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Object && nodes.Count < MaxNodes)
        {
            nodes.Add(node);
        }
    }

    /// <summary>What a reference such as <c>#/$defs/Place</c> leads to. Other references are rare and lead to nothing.</summary>
    private JsonElement Target(string pointer)
    {
        string[] steps = pointer.Split('/', 4);
        return steps is ["#", "$defs" or "definitions", _] && Root.TryGetProperty(steps[1], out JsonElement list)
            && list.ValueKind == JsonValueKind.Object && list.TryGetProperty(steps[2], out JsonElement target) ? target : default;
    }
}
