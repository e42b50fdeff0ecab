namespace ToolRM.Tokenization.Splitting;

/// <summary>The split patterns that have a hand-written scanner, exactly as they stand in <c>tokenizer.json</c> files.</summary>
internal static class SplitPatterns
{
    /// <summary>GPT-2, and <c>ByteLevel</c> with <c>use_regex</c>.</summary>
    public const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>Qwen2, Qwen2.5 and Qwen3: single digits.</summary>
    public const string Qwen2 = Contractions + @"|\p{N}" + ModernEnd;

    /// <summary>Llama 3 and cl100k: up to three digits.</summary>
    public const string Llama3 = Contractions + @"|\p{N}{1,3}" + ModernEnd;

    /// <summary>
    /// The default of <see cref="BpeTrainer"/>: an optional space with a capitalised or small word (marks and letters
    /// without case count as small), or with a run of capitals that ends before a capitalised word; up to two digits; an
    /// optional space with other characters; whitespace.
    /// </summary>
    public const string Identifiers =
        @" ?[\p{Lu}\p{Lt}]?[\p{Ll}\p{Lm}\p{Lo}\p{M}]+| ?[\p{Lu}\p{Lt}]+(?![\p{Ll}\p{Lm}\p{Lo}\p{M}])|\p{N}{1,2}| ?[^\s\p{L}\p{M}\p{N}]+"
        + @"|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string Contractions = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+";
    private const string ModernEnd = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The fastest splitter for a pattern in the syntax of regular expressions.</summary>
    /// <exception cref="TokenizerFormatException">The pattern is none that .NET understands.</exception>
    public static Splitter Create(string pattern, PieceSelection kept) => pattern switch
    {
        // The scanned patterns match every character, so this one selection leaves nothing of a text.
        _ when kept == PieceSelection.Gaps => new RegexSplitter(pattern, kept),
        Gpt2 => GptSplitter.Gpt2,
        Qwen2 => GptSplitter.Modern(digits: 1),
        Llama3 => GptSplitter.Modern(digits: 3),
        Identifiers => IdentifierSplitter.Instance,
        _ => new RegexSplitter(pattern, kept),
    };
}
