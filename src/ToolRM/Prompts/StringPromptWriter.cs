using System.Text;

namespace ToolRM.Prompts;

/// <summary>Renders to a string: for inspection, tests, and as the corpus of a tokenizer.</summary>
internal sealed class StringPromptWriter : PromptWriter
{
    private readonly StringBuilder _text = new();

    public override void Control(string token) => _text.Append(token);

    public override void Text(ReadOnlySpan<char> text) => _text.Append(text);

    public override string ToString() => _text.ToString();
}
