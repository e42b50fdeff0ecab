using Microsoft.ML.Tokenizers;

namespace ToolRM.MLTokenizers;

/// <summary>
/// Unicode normalisation form C, which the tokenizers of Qwen models apply and Microsoft.ML.Tokenizers has no normalizer for.
/// The same as ToolRM's own tokenizer applies, on every platform. Safe to call from many threads at once.
/// </summary>
public sealed class NfcNormalizer : Normalizer
{
    /// <inheritdoc/>
    public override string Normalize(string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        return Normalize(original.AsSpan());
    }

    /// <inheritdoc/>
    public override string Normalize(ReadOnlySpan<char> original) =>
        new Tokenization.Normalization.NfcNormalizer().Normalize(original).ToString();
}
