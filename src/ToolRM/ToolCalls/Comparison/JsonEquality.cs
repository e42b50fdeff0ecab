using System.Text.Json;

namespace ToolRM.ToolCalls.Comparison;

/// <summary>Equality by value of JSON inside the immutable records: order of properties and spelling of numbers do not matter.</summary>
internal static class JsonEquality
{
    public static bool Equals(JsonElement left, JsonElement right) =>
        left.ValueKind == right.ValueKind && (left.ValueKind == JsonValueKind.Undefined || JsonElement.DeepEquals(left, right));

    /// <summary>A hash of the outermost shape and, for objects, of the property names: equal values have equal hashes.</summary>
    public static int GetHashCode(JsonElement element)
    {
        int hash = (int)element.ValueKind;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                // A sum, because the order of properties does not matter; strings are the usual difference between calls.
                string? text = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : null;
                hash += HashCode.Combine(property.Name, text);
            }
        }

        return hash;
    }

    /// <summary>Hash of a list whose order matters.</summary>
    public static int GetHashCode<T>(IReadOnlyList<T> items)
    {
        var hash = new HashCode();
        foreach (T item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
