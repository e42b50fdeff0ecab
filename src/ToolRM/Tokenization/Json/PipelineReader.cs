using System.Text.Json;
using ToolRM.Tokenization.Splitting;

namespace ToolRM.Tokenization.Json;

/// <summary>Reads the parts of a <c>tokenizer.json</c> around the model: normalizer, pre-tokenizers, decoder.</summary>
internal static class PipelineReader
{
    /// <summary>More pre-tokenizers than this are no tokenizer but an attack.</summary>
    private const int MaxSteps = 32;

    /// <summary>Whether the normalizer is NFC; the only other choice is none.</summary>
    public static bool ReadNormalizer(JsonElement? normalizer)
    {
        if (normalizer is not { } component)
        {
            return false;
        }

        string type = JsonFields.TypeOf(component, "normalizer");
        switch (type)
        {
            case "NFC":
                return true;
            case "Sequence":
                bool normalizes = false;
                foreach (JsonElement inner in JsonFields.FindArray(component, "normalizers").EnumerateArray())
                {
                    normalizes |= ReadNormalizer(inner);
                }

                return normalizes;
            default:
                throw new TokenizerFormatException(
                    $"The tokenizer has a normalizer {JsonFields.Quote(type)}; supported are none, \"NFC\" and a \"Sequence\" of these.");
        }
    }

    public static List<PreTokenizerStep> ReadPreTokenizer(JsonElement? preTokenizer)
    {
        var steps = new List<PreTokenizerStep>();
        if (preTokenizer is { } component)
        {
            AddSteps(component, steps);
        }

        int byteLevel = steps.FindIndex(step => step is ByteLevelStep);
        if (byteLevel != steps.Count - 1 || byteLevel < 0)
        {
            throw new TokenizerFormatException(
                "The tokenizer's pre_tokenizer should have exactly one \"ByteLevel\", as its last step; it has "
                + (steps.Count == 0 ? "no steps." : $"{string.Join(", ", steps.Select(NameOf))}."));
        }

        if (byteLevel > 0 && steps[byteLevel] is ByteLevelStep { AddsPrefixSpace: true })
        {
            throw new TokenizerFormatException(
                "The tokenizer's \"ByteLevel\" has add_prefix_space after other pre-tokenizers; supported is add_prefix_space of a "
                + "\"ByteLevel\" that stands alone.");
        }

        return steps;
    }

    public static void CheckDecoder(JsonElement? decoder)
    {
        if (decoder is not { } component)
        {
            return;
        }

        string type = JsonFields.TypeOf(component, "decoder");
        if (type == "Sequence")
        {
            foreach (JsonElement inner in JsonFields.FindArray(component, "decoders").EnumerateArray())
            {
                CheckDecoder(inner);
            }
        }
        else if (type is not ("ByteLevel" or "Fuse"))
        {
            throw new TokenizerFormatException($"The tokenizer has a decoder {JsonFields.Quote(type)}; supported is \"ByteLevel\".");
        }
    }

    private static void AddSteps(JsonElement component, List<PreTokenizerStep> steps)
    {
        string type = JsonFields.TypeOf(component, "pre_tokenizer");
        if (type == "Sequence")
        {
            foreach (JsonElement inner in JsonFields.FindArray(component, "pretokenizers").EnumerateArray())
            {
                AddSteps(inner, steps);
            }

            return;
        }

        steps.Add(type switch
        {
            "ByteLevel" => new ByteLevelStep(
                JsonFields.FindFlag(component, "add_prefix_space", absent: true), JsonFields.FindFlag(component, "use_regex", absent: true)),
            "Digits" => new DigitsStep(JsonFields.FindFlag(component, "individual_digits", absent: false)),
            "Split" => ReadSplit(component),
            _ => throw new TokenizerFormatException(
                $"The tokenizer has a pre_tokenizer {JsonFields.Quote(type)}; supported are \"ByteLevel\", \"Split\", \"Digits\" and a "
                + "\"Sequence\" of these."),
        });
        if (steps.Count > MaxSteps)
        {
            throw new TokenizerFormatException($"The tokenizer has more than {MaxSteps} pre-tokenizers.");
        }
    }

    private static string NameOf(PreTokenizerStep step) => step switch
    {
        SplitStep => "Split",
        DigitsStep => "Digits",
        _ => "ByteLevel",
    };

    private static SplitStep ReadSplit(JsonElement component)
    {
        JsonElement pattern = JsonFields.FindObject(component, "pattern");
        bool isRegex = JsonFields.Find(pattern, "Regex") is not null;
        string text = JsonFields.FindString(pattern, isRegex ? "Regex" : "String");
        if (text.Length == 0)
        {
            throw new TokenizerFormatException("The tokenizer has a \"Split\" with an empty pattern.");
        }

        string behavior = JsonFields.FindString(component, "behavior");
        bool inverts = JsonFields.FindFlag(component, "invert", absent: false);
        PieceSelection kept = behavior switch
        {
            "Isolated" => PieceSelection.All,
            "Removed" => inverts ? PieceSelection.Matches : PieceSelection.Gaps,
            _ => throw new TokenizerFormatException(
                $"The tokenizer has a \"Split\" with the behavior {JsonFields.Quote(behavior)}; supported are \"Isolated\" and \"Removed\"."),
        };
        return new SplitStep(text, isRegex, kept);
    }
}
