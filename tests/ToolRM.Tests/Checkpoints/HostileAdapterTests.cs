using ToolRM.Checkpoints;
using ToolRM.Models;
using ToolRM.Tests.Engines;

namespace ToolRM.Tests.Checkpoints;

/// <summary>Adapters that are damaged, made to harm, or of a kind that is not merged: typed errors that name what is wrong.</summary>
public sealed class HostileAdapterTests : IDisposable
{
    private const string Down = "model.layers.1.self_attn.q_proj.lora_A.weight", Up = "model.layers.1.self_attn.q_proj.lora_B.weight";
    private static readonly DecoderConfig _config = TinyModels.Config("qwen2");
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Fields => new()
    {
        { "\"use_dora\": true,", "*'use_dora' is true, which is not supported*" },
        { "\"rank_pattern\": {\"q_proj\": 4},", "*'rank_pattern' is {\"q_proj\": 4}*" },
        { "\"alpha_pattern\": {\"q_proj\": 4},", "*'alpha_pattern'*" },
        { "\"fan_in_fan_out\": true,", "*'fan_in_fan_out'*" },
        { "\"lora_bias\": true,", "*'lora_bias'*" },
        { "\"layer_replication\": [[0, 2]],", "*'layer_replication'*" },
        { "\"something_new\": 3,", "*'something_new' is 3*" },
        { "\"bias\": \"all\",", "*'bias' must be none, but is 'all'*" },
        { "\"bias\": 1,", "*'bias' must be a string*" },
        { "\"peft_type\": \"IA3\",", "*'peft_type' must be LORA, but is 'IA3'*" },
        { "\"peft_type\": null,", "*'peft_type' must be LORA, but is missing*" },
        { "\"init_lora_weights\": \"pissa_niter_16\",", "*'init_lora_weights' is 'pissa_niter_16'*path_initial_model_for_weight_conversion*" },
        { "\"use_rslora\": \"yes\",", "*'use_rslora' must be true or false*" },
        { "\"target_modules\": 1,", "*'target_modules' must be an array of strings*" },
        { "\"bias\": \"\\ud800\",", "*not valid Unicode*" },
    };

    public static TheoryData<string, string> Configs => new()
    {
        { "", "*not valid JSON*" },
        { "[]", "*must hold a JSON object*" },
        { """{"peft_type": "LORA", "lora_alpha": 1}""", "*'r' is missing*" },
        { """{"peft_type": "LORA", "r": 3}""", "*'lora_alpha' is missing*" },
        { """{"peft_type": "LORA", "r": 0, "lora_alpha": 1}""", "*'r' must be at least 1*" },
        { """{"peft_type": "LORA", "r": 99999999999, "lora_alpha": 1}""", "*'r' must be a whole number*" },
        { """{"peft_type": "LORA", "r": 2147483647, "lora_alpha": 1}""", "*its shape must be [2147483647, 20], but is [3, 20]*" },
        { """{"peft_type": "LORA", "r": 3, "lora_alpha": 1e999}""", "*'lora_alpha' must be a number*" },
        { """{"peft_type": "LORA", "r": 3, "lora_alpha": 1e300}""", "*not finite*" },
        { """{"peft_type": "LORA", "r": 3, "lora_alpha": 1, "target_modules": ["q_proj", "k_proj"]}""", "*k_proj.lora_A.weight*is missing*'target_modules'*" },
        { """{"peft_type": "LORA", "r": 3, "lora_alpha": 1, "modules_to_save": ["embed_tokens"]}""", "*embed_tokens.weight*is missing*'modules_to_save'*" },
    };

    internal static Dictionary<string, (TensorToWrite? Tensor, string Message)> Tensors { get; } = new()
    {
        ["no second half"] = (null, $"*{Up}*is missing, although the other half*"),
        ["another shape"] = (TestAdapter.Tensor(Up, 1, 32, 4), "*its shape must be [32, 3], but is [32, 4]*"),
        ["one dimension"] = (TestAdapter.Tensor(Up, 1, 96), "*its shape must be [32, 3], but is [96]*"),
        ["not a number"] = (TestAdapter.Tensor(Up, float.NaN, 32, 3), $"*{Up}*not finite*"),
        ["infinite"] = (TestAdapter.Tensor(Up, float.NegativeInfinity, 32, 3), $"*{Up}*not finite*"),
        ["too large together"] = (TestAdapter.Tensor(Up, 3e38f, 32, 3), $"*{Up}*not finite*"),
    };

    public static TheoryData<string> TensorNames => [.. Tensors.Keys];

    public static TheoryData<string> OtherNames =>
    [
        "base_model.model.model.layers.3.self_attn.q_proj.lora_A.weight",
        "base_model.model.model.layers.1.self_attn.qkv_proj.lora_A.weight",
        "base_model.model.model.layers.1.self_attn.q_proj.lora_magnitude_vector",
        "base_model.model.model.layers.1.self_attn.q_proj.lora_A.default.weight",
        "base_model.model.model.embed_tokens.lora_A.weight",
        "base_model.model.../../../etc/passwd",
        "base_model.model.",
        "model.layers.1.self_attn.q_proj.lora_A.weight",
        "score.weight",
        "",
    ];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Fields_that_change_what_is_computed_are_refused_by_name(string field, string message)
    {
        string name = field.Split('"')[1];
        string fields = string.Join(',', TestAdapter.UsualFields.Split(',').Where(usual => !usual.Contains($"\"{name}\"")));
        Refused(new TestAdapter(_config) { Fields = name == "target_modules" ? fields : fields + field }, message, name == "target_modules" ? field : null);
    }

    [Theory]
    [MemberData(nameof(Configs))]
    public void Damaged_configs_are_typed_errors(string config, string message)
    {
        new TestAdapter(_config).Write(_folder.File("adapter"));
        _folder.Write("adapter/adapter_config.json", config);
        Merging().Should().Throw<CheckpointException>().WithMessage(message);
        Directory.Exists(_folder.File("merged")).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(TensorNames))]
    public void Tensors_of_other_shapes_or_without_numbers_are_named(string name) => Refused(
        new TestAdapter(_config) { Changes = new Dictionary<string, TensorToWrite?> { [Up] = Tensors[name].Tensor } }, Tensors[name].Message);

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void Names_that_the_base_model_does_not_have_are_refused(string name) => Refused(
        new TestAdapter(_config)
        {
            Changes = new Dictionary<string, TensorToWrite?> { [name] = new TensorToWrite(name, [3, 20], destination => destination.Clear()) },
        },
        "*belongs to nothing in the base model, a qwen2 model of 3 layers*");

    [Fact]
    public void A_matrix_both_whole_and_adapted_is_refused()
    {
        const string Matrix = "model.layers.1.self_attn.q_proj.weight";
        Refused(
            new TestAdapter(_config) { Changes = new Dictionary<string, TensorToWrite?> { [Matrix] = TestAdapter.Tensor(Matrix, 1, 32, 20) } },
            "*one of the two is expected*");
    }

    [Fact]
    public void An_adapter_of_another_model_is_refused()
    {
        new TestAdapter(_config with { HiddenSize = 24 }).Write(_folder.File("adapter"));
        Merging().Should().Throw<CheckpointException>().WithMessage("*its shape must be*the adapter is of another model");
    }

    [Fact]
    public void Folders_that_are_no_adapter_say_what_they_are()
    {
        Action merge = Merging();
        merge.Should().Throw<CheckpointException>().WithMessage("*there is no such folder");
        Directory.CreateDirectory(_folder.File("adapter"));
        merge.Should().Throw<CheckpointException>().WithMessage("*holds no adapter_config.json");
        _folder.Write("adapter/config.json", "{}");
        merge.Should().Throw<CheckpointException>().WithMessage("*holds a model, not an adapter");
        new TestAdapter(_config).Write(_folder.File("adapter"));
        File.Delete(_folder.File("adapter/adapter_model.safetensors"));
        merge.Should().Throw<CheckpointException>().WithMessage("*holds no adapter_model.safetensors");
        _folder.Write("adapter/adapter_model.bin", "x");
        merge.Should().Throw<CheckpointException>().WithMessage("*safe_serialization*");
        SafetensorsWriter.Write(_folder.File("adapter/adapter_model.safetensors"), []);
        _folder.Write("adapter/adapter_config.json", """{"peft_type": "LORA", "r": 3, "lora_alpha": 1}""");
        merge.Should().Throw<CheckpointException>().WithMessage("*holds no adapter and no parameter*");
    }

    public void Dispose() => _folder.Dispose();

    private void Refused(TestAdapter adapter, string message, string? field = null)
    {
        string config = Path.Combine(adapter.Write(_folder.File("adapter")), "adapter_config.json");
        if (field is not null)
        {
            File.WriteAllText(config, $$"""{{{adapter.Fields}}{{field}} "r": 3, "lora_alpha": 1}""");
        }

        Merging().Should().Throw<CheckpointException>().WithMessage(message);
        Directory.Exists(_folder.File("merged")).Should().BeFalse();
    }

    private Action Merging()
    {
        CheckpointWriter.Save(_folder.File("base"), _config, new TinyModels.RandomSource(1), default);
        return () => LoraAdapter.Merge(_folder.File("base"), _folder.File("adapter"), _folder.File("merged"));
    }
}
