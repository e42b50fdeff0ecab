using System.Text.Json;

namespace ToolRM.Tokenization.Json;

/// <summary>Reads a Hugging Face <c>tokenizer.json</c> that holds a byte-level BPE, and says clearly why it does not read others.</summary>
internal static class TokenizerJsonReader
{
    /// <summary>Files beyond this are refused before they are parsed; the largest in use have some tens of megabytes.</summary>
    public const int MaxBytes = 256 << 20;

    private const int MaxDepth = 64;

    /// <exception cref="TokenizerFormatException">The file is too large, damaged or of an unsupported kind.</exception>
    public static TokenizerDefinition Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxBytes)
        {
            throw TooLarge();
        }

        if (json.Span.StartsWith("\uFEFF"u8))
        {
            json = json["\uFEFF"u8.Length..];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Read(JsonFields.Require(document.RootElement, "(root)", JsonValueKind.Object));
        }
        catch (JsonException error)
        {
            throw new TokenizerFormatException(
                $"The tokenizer.json is not valid JSON of at most {MaxDepth} levels: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // What System.Text.Json throws for strings with invalid UTF-8 or unpaired surrogate escapes.
            throw new TokenizerFormatException($"The tokenizer.json holds a string that is not valid Unicode: {error.Message}", error);
        }
    }

    public static TokenizerFormatException TooLarge() =>
        new($"The tokenizer.json is larger than {MaxBytes >> 20} MiB. No byte-level BPE needs that; check that it is the right file.");

    private static TokenizerDefinition Read(JsonElement root)
    {
        bool normalizes = PipelineReader.ReadNormalizer(JsonFields.Find(root, "normalizer"));
        List<PreTokenizerStep> steps = PipelineReader.ReadPreTokenizer(JsonFields.Find(root, "pre_tokenizer"));
        PipelineReader.CheckDecoder(JsonFields.Find(root, "decoder"));

        JsonElement model = JsonFields.FindObject(root, "model");
        CheckModel(model);
        var ids = new Dictionary<string, int>();
        string?[] tokens = VocabularyReader.ReadVocabulary(JsonFields.FindObject(model, "vocab"), ids);
        return new TokenizerDefinition
        {
            Tokens = tokens,
            Merges = VocabularyReader.ReadMerges(JsonFields.FindArray(model, "merges"), ids),
            IgnoresMerges = JsonFields.FindFlag(model, "ignore_merges", absent: false),
            AddedTokens = VocabularyReader.ReadAddedTokens(JsonFields.Find(root, "added_tokens"), tokens),
            NormalizesToNfc = normalizes,
            PreTokenizers = steps,
            PostProcessor = JsonFields.Find(root, "post_processor")?.Clone(),
        };
    }

    private static void CheckModel(JsonElement model)
    {
        // Old files leave the type out; a BPE is known by its merges.
        bool isUntyped = JsonFields.Find(model, "type") is null && JsonFields.Find(model, "merges") is not null;
        string type = isUntyped ? "BPE" : JsonFields.TypeOf(model, "model");
        if (type != "BPE")
        {
            throw new TokenizerFormatException($"The tokenizer's model is of type {JsonFields.Quote(type)}; supported is byte-level \"BPE\".");
        }

        if (JsonFields.FindFlag(model, "byte_fallback", absent: false))
        {
            throw new TokenizerFormatException(
                "The tokenizer is a BPE with byte_fallback (SentencePiece style); supported is byte-level BPE, without it.");
        }

        foreach (string affix in (ReadOnlySpan<string>)["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (JsonFields.Find(model, affix) is { } found && !(found.ValueKind == JsonValueKind.String && found.ValueEquals("")))
            {
                throw new TokenizerFormatException($"The tokenizer's model has {affix} {JsonFields.Quote(found.ToString())}; supported is byte-level BPE, without it.");
            }
        }

        if (JsonFields.Find(model, "dropout") is { } dropout && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
        {
            throw new TokenizerFormatException(
                $"The tokenizer's model has dropout {JsonFields.Quote(dropout.ToString())}; encoding must be deterministic, so set it to null.");
        }
    }
}
