namespace ToolRM.Cli.Output;

/// <summary>Text of unknown origin as one line without control characters, which could drive a terminal.</summary>
internal static class OneLine
{
    public static string Of(string text, int longest = int.MaxValue)
    {
        string line = string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
        return line.Length <= longest ? line : string.Concat(line.AsSpan(0, longest - 1), "…");
    }
}
