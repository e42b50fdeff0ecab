using Microsoft.ML.Tokenizers;

namespace ToolRM.MLTokenizers;

/// <summary>
/// Finds tokenizers that leave characters out without a word, as the library allows: texts that differ in them would get the same ids.
/// </summary>
internal static class LossCheck
{
    /// <summary>Text of each kind that split patterns treat apart.</summary>
    private const string Sample =
        "It's  a {\"key\": [1, -2.5e3, \"_x\"]}\t\u00A0\u3000'\r\n\n \0\u0001é e\u0301 日本 안 ٣½ $€ 👋🏽 \U00020000\uFFFD \n";

    /// <summary>What is wrong and what to do, to follow the tokenizer's name; <see langword="null"/> if nothing is.</summary>
    public static string? Find(Tokenizer tokenizer) => tokenizer switch
    {
        // Words without the blanks between them are what these models are made for.
        WordPieceTokenizer => null,
        EnglishRobertaTokenizer { FilterUnsupportedChars: true } =>
            "leaves out characters that it has no token for. Create it with filterUnsupportedChars: false.",
        BpeTokenizer bpe => FindInVocabulary(bpe) ?? FindInSplits(bpe),
        _ => FindInSplits(tokenizer),
    };

    private static string? FindInVocabulary(BpeTokenizer tokenizer)
    {
        if (tokenizer.UnknownToken is not null)
        {
            return null;
        }

        if (!tokenizer.ByteLevel)
        {
            return "leaves out characters that its vocabulary lacks. Create it with ByteLevel = true, or with an UnknownToken.";
        }

        foreach (byte value in Enumerable.Range(byte.MinValue, byte.MaxValue + 1).Where(IsInUtf8))
        {
            if (!tokenizer.Vocabulary.ContainsKey(Tokenization.ByteAlphabet.ToChar(value).ToString()))
            {
                return FormattableString.Invariant(
                    $"leaves out the byte 0x{value:X2}, which its vocabulary lacks. A byte-level vocabulary has a token for each byte.");
            }
        }

        return null;
    }

    private static bool IsInUtf8(int value) => value is not (0xC0 or 0xC1 or >= 0xF5);

    private static string? FindInSplits(Tokenizer tokenizer)
    {
        string text = tokenizer.Normalizer?.Normalize(Sample) ?? Sample;
        int end = 0;
        foreach ((int offset, int length) in tokenizer.PreTokenizer?.PreTokenize(text) ?? [(0, text.Length)])
        {
            if (offset > end)
            {
                break;
            }

            end = offset + length;
        }

        return end == text.Length ? null : FormattableString.Invariant(
            $"leaves out the character U+{(int)text[end]:X4}: no word of its pre-tokenizer has it. Give it the PreTokenizer of the model.");
    }
}
