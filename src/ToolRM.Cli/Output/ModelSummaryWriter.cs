using System.Globalization;
using System.Text.Json;
using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.Tokenization;

namespace ToolRM.Cli.Output;

/// <summary>A model's summary as JSON or as lines.</summary>
internal static class ModelSummaryWriter
{
    private const int TokensShown = 8;

    public static void WriteJson(ModelSummary summary, Stream output)
    {
        DecoderConfig config = summary.Config;
        var lines = new JsonLines(output);
        lines.Add(writer =>
        {
            writer.WriteString("model", summary.Name);
            writer.WriteString("architecture", summary.Report.Architecture);
            writer.WriteString("model_type", config.ModelType);
            writer.WriteNumber("parameters", summary.Report.ParameterCount);
            writer.WriteString("element_types", summary.Report.ElementTypes);
            WriteShape(writer, config);
            WriteTokenizer(writer, summary.Tokenizer);
            writer.WriteStartObject("template");
            writer.WriteString("name", summary.Template.Template?.Name);
            writer.WriteString("reason", summary.Template.Reason);
            writer.WriteEndObject();
            writer.WriteString("head", summary.Head);
            if (summary.VerifierFeatures is { } features)
            {
                writer.WriteNumber("verifier_features", features);
            }
            else
            {
                writer.WriteNull("verifier_features");
            }

            writer.WriteStartObject("kernel_plan");
            writer.WriteString("device", summary.Plan.Device);
            writer.WriteString("element_type", summary.Plan.ElementType);
            writer.WriteString("matmul", summary.Plan.Matmul);
            writer.WriteString("int8_matmul", summary.Plan.Int8Matmul);
            writer.WriteNumber("threads", summary.Plan.Threads);
            writer.WriteString("reason", summary.Plan.Reason);
            writer.WriteEndObject();
            WriteTexts(writer, "notes", summary.Report.Notes);
            WriteTexts(writer, "warnings", summary.Warnings);
        });
        lines.Flush();
    }

    public static void WriteText(ModelSummary summary, Terminal terminal)
    {
        const int NameWidth = 14;
        using StreamWriter text = terminal.TextOutput();
        foreach ((string name, string value) in Lines(summary))
        {
            text.WriteLine($"{name.PadRight(NameWidth)}{OneLine.Of(value)}");
        }
    }

    /// <summary>The shape as a property <c>shape</c>.</summary>
    public static void WriteShape(Utf8JsonWriter writer, DecoderConfig config)
    {
        writer.WriteStartObject("shape");
        foreach ((string name, int value) in Shape(config))
        {
            writer.WriteNumber(name, value);
        }

        writer.WriteEndObject();
    }

    private static IEnumerable<(string Name, string Value)> Lines(ModelSummary summary)
    {
        yield return ("model", summary.Name);
        yield return ("architecture", $"{summary.Report.Architecture ?? "not named"} ({summary.Config.ModelType})");
        yield return ("parameters", string.Create(
            CultureInfo.InvariantCulture, $"{summary.Report.ParameterCount:N0} in {summary.Report.ElementTypes}"));
        yield return ("shape", string.Join(
            ", ", Shape(summary.Config).Select(item => FormattableString.Invariant($"{item.Name} {item.Value}"))));
        yield return ("tokenizer", Describe(summary.Tokenizer));
        yield return ("template", summary.Template.Template is { } template
            ? $"{template.Name}: {summary.Template.Reason}"
            : summary.Template.Reason);
        yield return ("head", summary.Head);
        if (summary.VerifierFeatures is { } features)
        {
            yield return ("verifier", string.Create(CultureInfo.InvariantCulture, $"{features} features, whose reward is added to the transformer's"));
        }

        KernelPlan plan = summary.Plan;
        yield return ("kernel plan", string.Create(
            CultureInfo.InvariantCulture, $"{plan.Device}, {plan.ElementType}, {plan.Kernels}, {plan.Threads} threads: {plan.Reason}"));
        foreach (string note in summary.Report.Notes)
        {
            yield return ("note", note);
        }

        foreach (string warning in summary.Warnings)
        {
            yield return ("warning", warning);
        }
    }

    /// <summary>The shape under the names of config.json.</summary>
    private static (string Name, int Value)[] Shape(DecoderConfig config) =>
    [
        ("num_hidden_layers", config.Layers),
        ("hidden_size", config.HiddenSize),
        ("intermediate_size", config.IntermediateSize),
        ("num_attention_heads", config.Heads),
        ("num_key_value_heads", config.KeyValueHeads),
        ("head_dim", config.HeadSize),
        ("vocab_size", config.VocabularySize),
        ("max_position_embeddings", config.MaxLength),
    ];

    private static string Describe(BpeTokenizer? tokenizer)
    {
        if (tokenizer is null)
        {
            return "none (token ids only)";
        }

        string added = string.Join(" ", tokenizer.AddedTokens.Take(TokensShown).Select(token => token.Content));
        string more = tokenizer.AddedTokens.Count > TokensShown ? " …" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"byte-level BPE, {tokenizer.VocabularySize:N0} ids, {tokenizer.AddedTokens.Count} added tokens {added}{more}");
    }

    private static void WriteTokenizer(Utf8JsonWriter writer, BpeTokenizer? tokenizer)
    {
        if (tokenizer is null)
        {
            writer.WriteNull("tokenizer");
            return;
        }

        writer.WriteStartObject("tokenizer");
        writer.WriteString("type", "byte-level BPE");
        writer.WriteNumber("vocabulary_size", tokenizer.VocabularySize);
        WriteTexts(writer, "added_tokens", tokenizer.AddedTokens.Select(token => token.Content));
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
