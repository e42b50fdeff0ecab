namespace ToolRM.Tests.Golden;

/// <summary>Where the golden models lie; README.md there describes them.</summary>
internal static class GoldenFolder
{
    public static string Of(string model) => Path.Combine(AppContext.BaseDirectory, "Golden", model);

    public static TheoryData<string> Models => new("qwen2", "qwen3", "llama", "llama-linear");
}
