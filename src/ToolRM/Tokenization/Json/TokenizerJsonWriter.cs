using System.Text.Encodings.Web;
using System.Text.Json;
using ToolRM.Tokenization.Splitting;

namespace ToolRM.Tokenization.Json;

/// <summary>Writes a <c>tokenizer.json</c> that <see cref="TokenizerJsonReader"/> and Hugging Face tokenizers read.</summary>
internal static class TokenizerJsonWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TokenizerDefinition definition, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAddedTokens(json, definition.AddedTokens);
        WriteNormalizer(json, definition.NormalizesToNfc);
        WritePreTokenizers(json, definition.PreTokenizers);
        json.WritePropertyName("post_processor");
        if (definition.PostProcessor is { } postProcessor)
        {
            postProcessor.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("decoder");
        WriteByteLevel(json, new ByteLevelStep(AddsPrefixSpace: false, UsesPattern: false));
        WriteModel(json, definition);
        json.WriteEndObject();
    }

    private static void WriteAddedTokens(Utf8JsonWriter json, IReadOnlyList<AddedToken> tokens)
    {
        json.WriteStartArray("added_tokens");
        foreach (AddedToken token in tokens)
        {
            json.WriteStartObject();
            json.WriteNumber("id", token.Id);
            json.WriteString("content", token.Content);
            json.WriteBoolean("single_word", token.IsSingleWord);
            json.WriteBoolean("lstrip", token.StripsLeft);
            json.WriteBoolean("rstrip", token.StripsRight);
            json.WriteBoolean("normalized", token.IsNormalized);
            json.WriteBoolean("special", token.IsSpecial);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNormalizer(Utf8JsonWriter json, bool nfc)
    {
        if (!nfc)
        {
            json.WriteNull("normalizer");
            return;
        }

        json.WriteStartObject("normalizer");
        json.WriteString("type", "NFC");
        json.WriteEndObject();
    }

    private static void WritePreTokenizers(Utf8JsonWriter json, IReadOnlyList<PreTokenizerStep> steps)
    {
        json.WritePropertyName("pre_tokenizer");
        if (steps.Count == 1)
        {
            WriteStep(json, steps[0]);
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        foreach (PreTokenizerStep step in steps)
        {
            WriteStep(json, step);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, PreTokenizerStep step)
    {
        switch (step)
        {
            case ByteLevelStep byteLevel:
                WriteByteLevel(json, byteLevel);
                break;
            case DigitsStep digits:
                json.WriteStartObject();
                json.WriteString("type", "Digits");
                json.WriteBoolean("individual_digits", digits.Individual);
                json.WriteEndObject();
                break;
            case SplitStep split:
                json.WriteStartObject();
                json.WriteString("type", "Split");
                json.WriteStartObject("pattern");
                json.WriteString(split.IsRegex ? "Regex" : "String", split.Pattern);
                json.WriteEndObject();
                json.WriteString("behavior", split.Kept == PieceSelection.All ? "Isolated" : "Removed");
                json.WriteBoolean("invert", split.Kept == PieceSelection.Matches);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteByteLevel(Utf8JsonWriter json, ByteLevelStep step)
    {
        json.WriteStartObject();
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", step.AddsPrefixSpace);
        json.WriteBoolean("trim_offsets", false);
        json.WriteBoolean("use_regex", step.UsesPattern);
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, TokenizerDefinition definition)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", definition.IgnoresMerges);
        json.WriteStartObject("vocab");
        for (int id = 0; id < definition.Tokens.Count; id++)
        {
            if (definition.Tokens[id] is { } token)
            {
                json.WriteNumber(token, id);
            }
        }

        json.WriteEndObject();
        WriteMerges(json, definition);
        json.WriteEndObject();
    }

    /// <summary>As strings, which every version reads; as arrays only if a part of a merge has a space in it.</summary>
    private static void WriteMerges(Utf8JsonWriter json, TokenizerDefinition definition)
    {
        bool asArrays = definition.Merges.Any(merge => Token(merge.Left).Contains(' ') || Token(merge.Right).Contains(' '));
        json.WriteStartArray("merges");
        foreach ((int left, int right) in definition.Merges)
        {
            if (asArrays)
            {
                json.WriteStartArray();
                json.WriteStringValue(Token(left));
                json.WriteStringValue(Token(right));
                json.WriteEndArray();
            }
            else
            {
                json.WriteStringValue($"{Token(left)} {Token(right)}");
            }
        }

        json.WriteEndArray();

        string Token(int id) => definition.Tokens[id]!;
    }
}
