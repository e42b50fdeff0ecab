using System.Text.Json;

namespace ToolRM.Checkpoints;

/// <summary>An <c>adapter_config.json</c> as Hugging Face PEFT writes it, read and checked: what decides how adapters are merged.</summary>
/// <param name="Rank">Width of the narrow matrices.</param>
/// <param name="Scale">By what their product is multiplied.</param>
/// <param name="TargetModules">
/// The modules that all have adapters; <see langword="null"/> if the config says it in a way that only the model's own code could tell.
/// </param>
/// <param name="SavedModules">The modules that are saved as a whole.</param>
internal sealed record AdapterConfig(int Rank, double Scale, IReadOnlyList<string>? TargetModules, IReadOnlyList<string> SavedModules)
{
    private const int MaxLength = 4_000_000;

    /// <summary>What makes no difference to a merge, or is checked by <see cref="Read(JsonFields)"/>.</summary>
    private static readonly HashSet<string> _understood =
    [
        "auto_mapping", "base_model_name_or_path", "bias", "eva_config", "exclude_modules", "inference_mode", "init_lora_weights",
        "layers_pattern", "layers_to_transform", "lora_alpha", "lora_dropout", "megatron_core", "modules_to_save", "peft_type", "peft_version",
        "qalora_group_size", "r", "revision", "target_modules", "task_type", "use_rslora",
    ];

    /// <summary>Reads a folder's config.</summary>
    /// <exception cref="CheckpointException">It is missing or damaged, or of adapters that the library does not merge.</exception>
    public static AdapterConfig Read(string folder)
    {
        string path = Path.Combine(folder, CheckpointFiles.AdapterConfig);
        if (!File.Exists(path))
        {
            throw new CheckpointException(folder, !Directory.Exists(folder) ? "there is no such folder"
                : File.Exists(Path.Combine(folder, CheckpointFiles.Config)) ? "holds a model, not an adapter"
                : $"is no adapter folder: it holds no {CheckpointFiles.AdapterConfig}");
        }

        using JsonDocument document = JsonFields.Parse(CheckpointFiles.Read(path, MaxLength), path);
        try
        {
            CheckOthers(document.RootElement, path);
            return Read(new JsonFields(document.RootElement, path));
        }
        catch (InvalidOperationException exception)
        {
            throw new CheckpointException(path, "holds text that is not valid Unicode", null, exception);
        }
    }

    private static AdapterConfig Read(JsonFields fields)
    {
        Require(fields, "peft_type", fields.Text("peft_type"), "LORA");
        Require(fields, "bias", fields.Text("bias") ?? "none", "none");
        CheckFirstValues(fields);
        int rank = fields.RequiredInteger("r");
        if (rank < 1)
        {
            throw fields.Error($"'r' must be at least 1, but is {rank}");
        }

        double alpha = fields.RequiredNumber("lora_alpha");
        bool selects = fields.Has("exclude_modules") || fields.Has("layers_to_transform");
        return new AdapterConfig(
            rank,
            alpha / (fields.Flag("use_rslora") == true ? Math.Sqrt(rank) : rank),
            selects || fields.Element("target_modules") is { ValueKind: JsonValueKind.String } ? null : fields.Texts("target_modules"),
            fields.Texts("modules_to_save"));
    }

    private static void Require(JsonFields fields, string name, string? found, string expected)
    {
        if (found != expected)
        {
            string what = found is null ? "missing" : $"'{CheckpointException.Printable(found)}'";
            throw fields.Error($"'{name}' must be {expected}, but is {what}");
        }
    }

    /// <summary>Some ways to begin take something out of the base model's own matrices: the adapters do not fit those on the disk.</summary>
    private static void CheckFirstValues(JsonFields fields)
    {
        string? way = fields.Element("init_lora_weights") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        if (way is not (null or "gaussian" or "eva" or "orthogonal"))
        {
            throw fields.Error(
                $"'init_lora_weights' is '{CheckpointException.Printable(way)}', for which PEFT changes the base model too: save the adapter "
                + "with PEFT's path_initial_model_for_weight_conversion, which makes it one for the base model as it is");
        }
    }

    /// <summary>A field that is not known may change what adapters mean, unless it is off or empty.</summary>
    private static void CheckOthers(JsonElement config, string path)
    {
        foreach (JsonProperty property in config.EnumerateObject())
        {
            if (!_understood.Contains(property.Name) && !IsOff(property.Value))
            {
                throw new CheckpointException(
                    path,
                    $"'{CheckpointException.Printable(property.Name)}' is {CheckpointException.Printable(property.Value.GetRawText())}, "
                    + "which is not supported: only plain LoRA with one rank and one alpha for all matrices can be merged");
            }
        }
    }

    private static bool IsOff(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
