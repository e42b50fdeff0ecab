namespace ToolRM.Prompts;

/// <summary>
/// Puts a space between a control token and the text after it, so that a word is made of the same tokens at the start of a
/// text as in the middle of a sentence.
/// </summary>
internal sealed class SpacedPromptWriter(PromptWriter inner) : PromptWriter
{
    private bool _afterControl;

    public override void Control(string token)
    {
        inner.Control(token);
        _afterControl = true;
    }

    public override void Text(ReadOnlySpan<char> text)
    {
        if (_afterControl && !text.IsEmpty)
        {
            inner.Text(" ");
            _afterControl = false;
        }

        inner.Text(text);
    }
}
