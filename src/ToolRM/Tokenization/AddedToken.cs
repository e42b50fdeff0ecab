namespace ToolRM.Tokenization;

/// <summary>
/// A token that is matched in the text as a whole before any splitting or merging, normally a control token such as
/// <c>&lt;|im_end|&gt;</c>. Immutable. The properties are those of <c>added_tokens</c> in a <c>tokenizer.json</c>.
/// </summary>
/// <param name="Id">Its token id.</param>
/// <param name="Content">Its exact text; not empty.</param>
public sealed record AddedToken(int Id, string Content)
{
    /// <summary>Whether it is a control token (<c>special</c>), not merely a word added to the vocabulary. Default true.</summary>
    public bool IsSpecial { get; init; } = true;

    /// <summary>Whether it is matched only where no letter, digit or underscore touches it (<c>single_word</c>). Default false.</summary>
    public bool IsSingleWord { get; init; }

    /// <summary>Whether it swallows the whitespace before it (<c>lstrip</c>). Default false.</summary>
    public bool StripsLeft { get; init; }

    /// <summary>Whether it swallows the whitespace after it (<c>rstrip</c>). Default false.</summary>
    public bool StripsRight { get; init; }

    /// <summary>Whether it is matched in the normalised text instead of the text as given (<c>normalized</c>). Default false.</summary>
    public bool IsNormalized { get; init; }
}
