using System.CommandLine.Parsing;
using System.Globalization;
using ToolRM.Models;

namespace ToolRM.Cli.Options;

/// <summary>The shape of a new model: <c>layers,hidden,intermediate,heads,kv_heads,head_dim,vocab</c>.</summary>
internal sealed record ModelShape(int Layers, int Hidden, int Intermediate, int Heads, int KeyValueHeads, int HeadSize, int Vocabulary)
{
    public const string Syntax = "layers,hidden,intermediate,heads,kv_heads,head_dim,vocab";

    private const int Numbers = 7;

    /// <summary>Reads an option's value; a shape that is none becomes an error of the command line.</summary>
    public static ModelShape? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        var numbers = new List<int>();
        foreach (string part in text.Split(','))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                numbers.Add(number);
            }
        }

        if (numbers.Count != Numbers || text.Count(c => c == ',') != Numbers - 1)
        {
            result.AddError($"--shape must be {Syntax}, seven whole numbers, for example 4,192,512,6,2,32,4096; found '{text}'.");
            return null;
        }

        var shape = new ModelShape(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
        if (DecoderConfigRules.FindProblem(shape.ToConfig(shape.Vocabulary, context: 1, template: null)) is { } problem)
        {
            result.AddError($"--shape: {problem}.");
            return null;
        }

        return shape;
    }

    /// <summary>The model: of the Qwen3 kind, whose normalised queries and keys train stably from random weights.</summary>
    /// <param name="vocabulary">Number of token ids that the tokenizer really has.</param>
    /// <param name="context">Longest sequence in tokens.</param>
    /// <param name="template">The prompt template.</param>
    public DecoderConfig ToConfig(int vocabulary, int context, string? template) => new()
    {
        ModelType = "qwen3",
        HasQueryKeyNorm = true,
        Layers = Layers,
        HiddenSize = Hidden,
        IntermediateSize = Intermediate,
        Heads = Heads,
        KeyValueHeads = KeyValueHeads,
        HeadSize = HeadSize,
        VocabularySize = vocabulary,
        MaxLength = context,
        Template = template,
    };

    /// <summary>The shape of a model as the option would give it.</summary>
    public static string Of(DecoderConfig config) => string.Join(
        ',',
        config.Layers,
        config.HiddenSize,
        config.IntermediateSize,
        config.Heads,
        config.KeyValueHeads,
        config.HeadSize,
        config.VocabularySize);
}
