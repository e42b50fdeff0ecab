using ToolRM.Models;

namespace ToolRM.Engines;

/// <summary>What an engine checks before it trusts a forest with its pointers.</summary>
internal static class ForestChecks
{
    /// <exception cref="ArgumentException">A token id is not in the vocabulary, a sequence is too long, or there are too few rewards.</exception>
    public static void Validate(TokenForest forest, DecoderConfig config, int rewards)
    {
        if (rewards < forest.Leaves.Length)
        {
            throw new ArgumentException($"The forest has {forest.Leaves.Length} leaves, but there is room for {rewards} rewards only.");
        }

        if (forest.LongestPath > config.MaxLength)
        {
            throw new ArgumentException(
                $"A sequence has {forest.LongestPath} tokens, more than the model's maximum of {config.MaxLength}.");
        }

        foreach (int token in forest.Tokens)
        {
            if ((uint)token >= (uint)config.VocabularySize)
            {
                throw new ArgumentException($"Token id {token} is not in the model's vocabulary of {config.VocabularySize}.");
            }
        }
    }
}
