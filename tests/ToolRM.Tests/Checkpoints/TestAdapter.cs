using ToolRM.Checkpoints;
using ToolRM.Models;
using ToolRM.Tests.Engines;

namespace ToolRM.Tests.Checkpoints;

/// <summary>An adapter folder for a small model, as PEFT writes it, of which tests change this and that.</summary>
/// <param name="Model">The base model's shape.</param>
internal sealed record TestAdapter(DecoderConfig Model)
{
    public const string Prefix = "base_model.model.";

    public int Rank { get; init; } = 3;

    public double Alpha { get; init; } = 6;

    public IReadOnlyList<string> Modules { get; init; } = ["q_proj", "v_proj", "down_proj"];

    public bool HasHead { get; init; } = true;

    /// <summary>Fields of the config besides rank, alpha, target_modules and modules_to_save; JSON that ends in a comma.</summary>
    public string Fields { get; init; } = UsualFields;

    /// <summary>Tensors to add, to replace, or (null) to leave out.</summary>
    public IReadOnlyDictionary<string, TensorToWrite?> Changes { get; init; } = new Dictionary<string, TensorToWrite?>();

    /// <summary>What PEFT 0.17 writes.</summary>
    public static string UsualFields => """
        "alpha_pattern": {}, "auto_mapping": null, "base_model_name_or_path": "somewhere/base", "bias": "none", "corda_config": null,
        "eva_config": null, "exclude_modules": null, "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true,
        "layer_replication": null, "layers_pattern": null, "layers_to_transform": null, "loftq_config": {}, "lora_bias": false,
        "lora_dropout": 0.05, "megatron_config": null, "megatron_core": "megatron.core", "peft_type": "LORA", "qalora_group_size": 16,
        "rank_pattern": {}, "revision": null, "target_parameters": null, "task_type": "SEQ_CLS", "trainable_token_indices": null,
        "use_dora": false, "use_qalora": false, "use_rslora": false,
        """;

    public LoraOptions Options => new() { Rank = Rank, Alpha = Alpha, TargetModules = Modules };

    /// <summary>The adapter's own parameters, large enough to matter.</summary>
    public static float[] Values(ParameterInfo parameter)
    {
        var values = new float[parameter.Count];
        new TinyModels.RandomSource(77).Read(parameter, values);
        return values;
    }

    public static TensorToWrite Tensor(string name, float value, params int[] shape) =>
        new(Prefix + name, shape, destination => destination.Fill(value));

    /// <summary>Writes the folder's two files.</summary>
    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        IEnumerable<ParameterInfo> parameters = LoraLayout.For(Model, Options).Where(parameter => HasHead || parameter.Kind != ParameterKind.Head);
        TensorToWrite[] tensors =
        [
            .. parameters.Where(parameter => !Changes.ContainsKey(parameter.Name))
                .Select(parameter => new TensorToWrite(Prefix + parameter.Name, parameter.Shape, destination => Values(parameter).CopyTo(destination))),
            .. Changes.Values.OfType<TensorToWrite>(),
        ];
        SafetensorsWriter.Write(Path.Combine(folder, "adapter_model.safetensors"), tensors);
        string saved = HasHead ? """["classifier", "score"]""" : "null";
        File.WriteAllText(
            Path.Combine(folder, "adapter_config.json"),
            FormattableString.Invariant(
                $$"""{{{Fields}}"r": {{Rank}}, "lora_alpha": {{Alpha}}, "modules_to_save": {{saved}}, "target_modules": ["{{string.Join("\", \"", Modules)}}"]}"""));
        return folder;
    }

    /// <summary>A parameter of the base model with what the adapter makes of it, by the definition.</summary>
    public float[] Merge(ParameterInfo parameter, float[] before, double scale)
    {
        ParameterInfo[] own = [.. LoraLayout.For(Model, Options)];
        if (HasHead && parameter.Kind == ParameterKind.Head)
        {
            return Values(parameter);
        }

        if (parameter.Kind != ParameterKind.Matrix || own.FirstOrDefault(other => other.Name == LoraLayout.DownOf(parameter.Name)) is not { } down)
        {
            return before;
        }

        float[] a = Values(down), b = Values(own.Single(other => other.Name == LoraLayout.UpOf(parameter.Name)));
        var after = new float[before.Length];
        for (int row = 0; row < parameter.Rows; row++)
        {
            for (int column = 0; column < parameter.Columns; column++)
            {
                double added = Enumerable.Range(0, Rank).Sum(r => (double)b[(row * Rank) + r] * a[(r * parameter.Columns) + column]);
                int index = (row * parameter.Columns) + column;
                after[index] = (float)(before[index] + (scale * added));
            }
        }

        return after;
    }
}
