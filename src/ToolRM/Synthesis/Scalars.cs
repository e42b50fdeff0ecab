using System.Globalization;
using System.Text.Json;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Synthesis;

/// <summary>Reads and makes values of arguments.</summary>
internal static class Scalars
{
    /// <summary>A string or number; booleans are none, as they have no other values to take.</summary>
    public static bool IsTextOrNumber(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    /// <summary>A string or number as one would write it in a sentence.</summary>
    public static string InWords(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>The exact value of a number; <see langword="null"/> of anything else, and beyond the range of decimals.</summary>
    public static decimal? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) ? number : null;

    public static JsonElement Of(string text) => JsonValues.OfString(text);

    /// <summary>A number, without zeros at the end of its fraction.</summary>
    public static JsonElement Of(decimal number) => JsonElement.Parse(Spell(number));

    public static JsonElement Of(bool value) => value ? JsonValues.True : JsonValues.False;

    /// <summary>An array.</summary>
    public static JsonElement Of(IReadOnlyList<JsonElement> items) => JsonValues.Write(items, static (writer, values) =>
    {
        writer.WriteStartArray();
        foreach (JsonElement value in values)
        {
            value.WriteTo(writer);
        }

        writer.WriteEndArray();
    });

    /// <summary>A number in digits.</summary>
    public static string Spell(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Product of a number and a factor; <see langword="null"/> beyond the range of decimals.</summary>
    public static decimal? Times(decimal number, decimal factor)
    {
        try
        {
            return number * factor;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
