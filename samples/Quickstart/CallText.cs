using System.Text.Json;
using ToolRM;

namespace Quickstart;

/// <summary>Candidates in a short form that reads like Python: <c>get_forecast(city="Lisbon", day="saturday")</c>.</summary>
internal static class CallText
{
    public static string Of(Candidate candidate) => candidate.IsNoCall
        ? candidate.Text ?? "(no call)"
        : string.Join("\n", candidate.Calls.Select(Of));

    private static string Of(ToolCall call)
    {
        IEnumerable<string> arguments = call.Arguments.ValueKind == JsonValueKind.Object
            ? call.Arguments.EnumerateObject().Select(argument => $"{argument.Name}={argument.Value.GetRawText()}")
            : [call.Arguments.GetRawText()];
        return $"{call.Name}({string.Join(", ", arguments)})";
    }
}
