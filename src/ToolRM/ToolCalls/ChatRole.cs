namespace ToolRM;

/// <summary>Who speaks in a conversation, as in the OpenAI chat format.</summary>
public enum ChatRole
{
    /// <summary>Instructions to the assistant (<c>system</c>; <c>developer</c> is read as this).</summary>
    System,

    /// <summary>The person or program asking (<c>user</c>).</summary>
    User,

    /// <summary>The language model (<c>assistant</c>).</summary>
    Assistant,

    /// <summary>The result of a tool call (<c>tool</c>; the legacy <c>function</c> is read as this).</summary>
    Tool,
}
