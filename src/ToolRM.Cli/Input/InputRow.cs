using System.Text.Json;
using ToolRM.Data;

namespace ToolRM.Cli.Input;

/// <summary>A row of input, and how to name it in the answer and in errors.</summary>
/// <param name="Id">The row's own <c>id</c>, echoed in the answer; <see langword="null"/> if it has none.</param>
/// <param name="File">The file.</param>
/// <param name="Line">The line number from 1.</param>
/// <param name="Value">What it holds.</param>
internal sealed record InputRow<T>(JsonElement? Id, string File, long Line, T Value)
{
    /// <summary>The row's name for people.</summary>
    public string Name => Id?.ToString() ?? FormattableString.Invariant($"{Line}");

    public static InputRow<T> Of(DatasetRow row, T value) => new(row.Has("id") ? row.Get("id").Clone() : null, row.File, row.Line, value);

    /// <summary>Writes the id, if there is one.</summary>
    public void WriteId(Utf8JsonWriter writer)
    {
        if (Id is { } id)
        {
            writer.WritePropertyName("id");
            id.WriteTo(writer);
        }
    }
}
