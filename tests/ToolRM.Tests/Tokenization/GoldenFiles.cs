using System.Text.Json;
using ToolRM.Tokenization;

namespace ToolRM.Tests.Tokenization;

/// <summary>The files beside the README.md in the folder Golden.</summary>
internal static class GoldenFiles
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Tokenization", "Golden", name);

    public static BpeTokenizer Tokenizer(string name) => BpeTokenizer.Load(PathOf($"{name}.tokenizer.json"));

    public static string[] CorpusLines() => File.ReadAllText(PathOf("corpus.txt")).Split('\n');

    public static IReadOnlyList<JsonElement> Cases(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathOf($"{name}.cases.json")));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    public static int[] Ids(JsonElement array) => [.. array.EnumerateArray().Select(id => id.GetInt32())];
}
