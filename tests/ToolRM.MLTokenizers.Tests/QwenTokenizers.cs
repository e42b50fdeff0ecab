using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using OwnTokenizer = ToolRM.Tokenization.BpeTokenizer;

namespace ToolRM.MLTokenizers.Tests;

/// <summary>The same small vocabulary of the Qwen kind, once read by ToolRM and once by Microsoft.ML.Tokenizers.</summary>
internal static class QwenTokenizers
{
    private const string Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly JsonElement _file = JsonDocument.Parse(File.ReadAllBytes(PathOf("qwen2.tokenizer.json"))).RootElement;

    public static OwnTokenizer Own { get; } = OwnTokenizer.Load(PathOf("qwen2.tokenizer.json"));

    public static IReadOnlyDictionary<string, int> ControlTokens { get; } =
        Own.AddedTokens.ToDictionary(token => token.Content, token => token.Id);

    /// <summary>
    /// The tokenizer of ordinary text; with what it must not have if asked for: special tokens, another pre-tokenizer, a token less.
    /// </summary>
    public static BpeTokenizer Text(
        bool withSpecialTokens = false, string? beginning = null, string? end = null, PreTokenizer? split = null, string? lacking = null)
    {
        JsonElement model = _file.GetProperty("model");
        var vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetInt32());
        IEnumerable<string> merges = model.GetProperty("merges").EnumerateArray().Select(Merge);
        if (lacking is not null)
        {
            vocabulary.Remove(lacking);
            merges = [];
        }

        IReadOnlyDictionary<string, int>? special = withSpecialTokens ? ControlTokens : null;
        return BpeTokenizer.Create(new BpeOptions(vocabulary)
        {
            Merges = merges,
            ByteLevel = true,
            Normalizer = new NfcNormalizer(),
            SpecialTokens = special,
            BeginningOfSentenceToken = beginning,
            EndOfSentenceToken = end,
            PreTokenizer = split ?? new RegexPreTokenizer(new Regex(Pattern, RegexOptions.CultureInvariant), special),
        });
    }

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static string Merge(JsonElement merge) => merge.ValueKind == JsonValueKind.String
        ? merge.GetString()!
        : $"{merge[0].GetString()} {merge[1].GetString()}";
}
