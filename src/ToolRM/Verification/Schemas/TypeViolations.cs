using System.Runtime.InteropServices;
using System.Text.Json;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Verification.Schemas;

/// <summary>Finds how values contradict the types of their schemas.</summary>
internal static class TypeViolations
{
    private const int MaxDepth = 3;
    private const int MaxItems = 20;
    private const int MaxProperties = 100;

    /// <summary>
    /// The first contradiction. Looked at are the first 20 items of a list and 100 properties of an object, three levels deep.
    /// </summary>
    public static TypeViolation Find(JsonSchema schema, JsonElement value) => Find(schema, value, 0);

    private static TypeViolation Find(JsonSchema schema, JsonElement value, int depth)
    {
        JsonTypes allowed = schema.PossibleTypes;
        if (allowed is JsonTypes.Any or JsonTypes.None)
        {
            return TypeViolation.None;
        }

        JsonTypes type = JsonTypesExtensions.TypeOf(value);
        if (!allowed.Has(type))
        {
            return OfOtherType(allowed, type);
        }

        return type switch
        {
            JsonTypes.Integer when !allowed.Has(JsonTypes.Fraction) && JsonMarshal.GetRawUtf8Value(value).Contains((byte)'.') =>
                TypeViolation.FractionForInteger,
            JsonTypes.Array when depth < MaxDepth => InList(schema, value, depth),
            JsonTypes.Object when depth < MaxDepth => InObject(schema, value, depth),
            _ => TypeViolation.None,
        };
    }

    /// <summary>
    /// The violation of a value whose type is none of the allowed ones; of several, the one that is closest to the value.
    /// </summary>
    private static TypeViolation OfOtherType(JsonTypes allowed, JsonTypes type)
    {
        bool number = allowed.Has(JsonTypes.Integer) || allowed.Has(JsonTypes.Fraction);
        bool boolean = allowed.Has(JsonTypes.Boolean);
        if (number && type is JsonTypes.Boolean or JsonTypes.Fraction or JsonTypes.Integer or JsonTypes.String)
        {
            return type switch
            {
                JsonTypes.Boolean => TypeViolation.BooleanForNumber,
                JsonTypes.String => TypeViolation.StringForNumber,
                _ => TypeViolation.FractionForInteger,
            };
        }

        if (boolean && type is JsonTypes.Fraction or JsonTypes.Integer or JsonTypes.String)
        {
            return TypeViolation.ScalarForBoolean;
        }

        return allowed.Has(JsonTypes.String) ? (type == JsonTypes.Null ? TypeViolation.Null : TypeViolation.NotAString)
            : number || boolean ? TypeViolation.StructureForScalar
            : allowed.Has(JsonTypes.Array) ? TypeViolation.NotAList
            : allowed.Has(JsonTypes.Object) ? TypeViolation.NotAnObject
            : TypeViolation.NotAString;
    }

    private static TypeViolation InList(JsonSchema schema, JsonElement list, int depth)
    {
        int index = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (index == MaxItems || SchemaLookup.Item(schema, index++) is not { } itemSchema)
            {
                break;
            }

            if (Find(itemSchema, item, depth + 1) != TypeViolation.None)
            {
                return TypeViolation.Inside;
            }
        }

        return TypeViolation.None;
    }

    private static TypeViolation InObject(JsonSchema schema, JsonElement value, int depth)
    {
        ClosedNames known = schema.Known;
        foreach (JsonProperty property in value.EnumerateObject().Take(MaxProperties))
        {
            if (!known.Contains(property.Name))
            {
                return TypeViolation.UnexpectedProperty;
            }

            if (SchemaLookup.Property(schema, property) is { } member && Find(member, property.Value, depth + 1) != TypeViolation.None)
            {
                return TypeViolation.Inside;
            }
        }

        IEnumerable<string> required = SchemaLookup.Parts(schema).SelectMany(part => part.Required).Take(MaxProperties);
        return required.Any(name => !value.TryGetProperty(name, out _))
            ? TypeViolation.MissingProperty
            : TypeViolation.None;
    }
}
