using System.Text;

namespace ToolRM.Prompts;

/// <summary>Counts what is written: a control token as 1, text by its bytes in UTF-8, so that no tokenizer of bytes makes more tokens of it.</summary>
internal sealed class MeasuredPromptWriter(PromptWriter inner) : PromptWriter
{
    /// <summary>What was written so far; at least the number of its tokens.</summary>
    public int Length { get; private set; }

    public override void Control(string token)
    {
        Length++;
        inner.Control(token);
    }

    public override void Text(ReadOnlySpan<char> text)
    {
        Length += Encoding.UTF8.GetByteCount(text);
        inner.Text(text);
    }
}
