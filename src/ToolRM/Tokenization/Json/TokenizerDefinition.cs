using System.Text.Json;

namespace ToolRM.Tokenization.Json;

/// <summary>What a byte-level BPE <c>tokenizer.json</c> says, without anything derived from it. Immutable.</summary>
internal sealed record TokenizerDefinition
{
    /// <summary>The model's vocabulary by id, in the byte alphabet; <see langword="null"/> where an id is not in use.</summary>
    public required IReadOnlyList<string?> Tokens { get; init; }

    /// <summary>The merges as pairs of ids, best first.</summary>
    public required IReadOnlyList<(int Left, int Right)> Merges { get; init; }

    /// <summary>Whether a word that is a token is taken as that token whatever the merges say.</summary>
    public bool IgnoresMerges { get; init; }

    /// <summary>Tokens matched before the model; their ids may lie in or beyond <see cref="Tokens"/>.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Whether text is brought to normalisation form C.</summary>
    public bool NormalizesToNfc { get; init; }

    /// <summary>The pre-tokenizers in order; the last is a <see cref="ByteLevelStep"/>.</summary>
    public required IReadOnlyList<PreTokenizerStep> PreTokenizers { get; init; }

    /// <summary>The <c>post_processor</c> as found, only to be written again: callers write control tokens themselves.</summary>
    public JsonElement? PostProcessor { get; init; }
}
