using System.Text.Json;
using System.Text.Json.Nodes;
using ToolRM.Checkpoints;
using ToolRM.Models;
using ToolRM.Tests.Golden;
using ToolRM.Tests.Models;

namespace ToolRM.Tests.Checkpoints;

public class CheckpointTests
{
    [Theory]
    [MemberData(nameof(GoldenFolder.Models), MemberType = typeof(GoldenFolder))]
    public void Golden_folders_are_read_completely(string model)
    {
        using var checkpoint = Checkpoint.OpenFolder(GoldenFolder.Of(model));
        using var file = SafetensorsFile.Open(Path.Combine(GoldenFolder.Of(model), "model.safetensors"));
        IReadOnlyList<ParameterInfo> parameters = ParameterLayout.For(checkpoint.Config);
        parameters.Select(p => p.Name).Should().BeEquivalentTo(file.Tensors.Keys);
        foreach (ParameterInfo parameter in parameters)
        {
            float[] values = new float[parameter.Count], raw = new float[parameter.Count];
            checkpoint.Read(parameter, values);
            file.Read(file.Tensors[parameter.Name], raw);
            values.Should().Equal(raw);
        }

        checkpoint.Report.ElementTypes.Should().Be("F32");
        checkpoint.Report.ParameterCount.Should().Be(parameters.Sum(p => p.Count));
        checkpoint.Report.HasNewHead.Should().BeFalse();
        checkpoint.Report.Warnings.Should().BeEmpty();
        checkpoint.TokenizerPath.Should().BeNull();
    }

    [Fact]
    public void A_model_in_memory_is_read()
    {
        string folder = GoldenFolder.Of("qwen2");
        byte[] weights = File.ReadAllBytes(Path.Combine(folder, "model.safetensors"));
        using var checkpoint = Checkpoint.OpenMemory("embedded", File.ReadAllBytes(Path.Combine(folder, "config.json")), TensorMemory.Pin(weights));
        using var onDisk = Checkpoint.OpenFolder(folder);
        ReadHead(checkpoint).Should().Equal(ReadHead(onDisk));
    }

    [Fact]
    public void Shards_are_read_through_their_index()
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder, new Dictionary<string, string>());
        using var checkpoint = Checkpoint.OpenFolder(folder.Path);
        foreach (ParameterInfo parameter in ParameterLayout.For(TestConfigs.Qwen2))
        {
            float[] values = new float[parameter.Count], expected = new float[parameter.Count];
            checkpoint.Read(parameter, values);
            new SeededInitializer(1).Read(parameter, expected);
            values.Should().Equal(expected);
        }
    }

    [Theory]
    [InlineData("../model-1.safetensors", "*plain name*")]
    [InlineData("/etc/model-1.safetensors", "*plain name*")]
    [InlineData("..\\model-1.safetensors", "*plain name*")]
    [InlineData("C:model-1.safetensors", "*plain name*")]
    [InlineData(".hidden.safetensors", "*plain name*")]
    [InlineData("model-1.bin", "*plain name*")]
    [InlineData("", "*plain name*")]
    [InlineData("model-9.safetensors", "*model-9.safetensors*cannot be read*")]
    [InlineData("model-2.safetensors", "*model-2.safetensors: tensor 'model.embed_tokens.weight'*not there*")]
    public void Shards_outside_the_folder_or_without_the_tensor_are_typed_errors(string shard, string message)
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder, new Dictionary<string, string> { [ParameterLayout.Embedding] = shard });
        Action open = () => Checkpoint.OpenFolder(folder.Path).Dispose();
        open.Should().Throw<CheckpointException>().WithMessage(message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"weight_map":[]}""")]
    [InlineData("""{"weight_map":{"a":1}}""")]
    [InlineData("""{"weight_map":{"\ud800":"a.safetensors"}}""")]
    [InlineData("""{"weight_map":{}}""")]
    [InlineData("""{"weight_map":""")]
    public void A_bad_index_is_a_typed_error(string index)
    {
        using var folder = new TemporaryFolder();
        WriteModel(folder, []);
        File.Delete(folder.File("model.safetensors"));
        folder.Write("model.safetensors.index.json", index);
        Action open = () => Checkpoint.OpenFolder(folder.Path).Dispose();
        open.Should().Throw<CheckpointException>();
    }

    [Fact]
    public void A_missing_head_is_an_error_that_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        WriteLanguageModel(folder);
        Action open = () => Checkpoint.OpenFolder(folder.Path).Dispose();
        open.Should().Throw<CheckpointException>().WithMessage("*no reward head (score.weight)*Qwen2ForCausalLM*train this model*");
    }

    [Fact]
    public void A_language_model_opens_for_fine_tuning_with_a_head_from_the_seed()
    {
        using var folder = new TemporaryFolder();
        WriteLanguageModel(folder);
        using var checkpoint = Checkpoint.OpenFolder(folder.Path, newHeadSeed: 17);
        using var again = Checkpoint.OpenFolder(folder.Path, newHeadSeed: 17);
        using var other = Checkpoint.OpenFolder(folder.Path, newHeadSeed: 18);
        checkpoint.Report.HasNewHead.Should().BeTrue();
        checkpoint.Report.Notes.Should().Contain(note => note.Contains("lm_head.weight"));
        checkpoint.Report.Warnings.Should().BeEmpty();
        ReadHead(checkpoint).Should().Equal(ReadHead(again)).And.NotEqual(ReadHead(other));
    }

    [Fact]
    public void A_head_that_is_there_is_used_although_a_seed_is_given()
    {
        using var folder = new TemporaryFolder();
        WriteModel(folder, []);
        using var checkpoint = Checkpoint.OpenFolder(folder.Path, newHeadSeed: 17);
        using var plain = Checkpoint.OpenFolder(folder.Path);
        checkpoint.Report.HasNewHead.Should().BeFalse();
        ReadHead(checkpoint).Should().Equal(ReadHead(plain));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5ul)]
    public void A_head_of_two_labels_is_an_error_even_if_the_config_does_not_say_so(ulong? seed)
    {
        using var folder = new TemporaryFolder();
        WriteModel(folder, new() { ["score.weight"] = Zeros("score.weight", 2, 12) });
        ChangeConfig(folder, config => { config.Remove("id2label"); config.Remove("num_labels"); });
        Action open = () => Checkpoint.OpenFolder(folder.Path, seed).Dispose();
        open.Should().Throw<CheckpointException>().WithMessage("*score.weight*[1, 12]*[2, 12]*classifier of 2 labels*");
    }

    [Fact]
    public void Missing_and_misshapen_tensors_are_named()
    {
        using var folder = new TemporaryFolder();
        WriteModel(folder, new() { ["model.norm.weight"] = null, ["model.layers.1.mlp.up_proj.weight"] = null });
        Action open = () => Checkpoint.OpenFolder(folder.Path).Dispose();
        open.Should().Throw<CheckpointException>().WithMessage("*lacks 2 of*model.layers.1.mlp.up_proj.weight, model.norm.weight*");

        WriteModel(folder, new() { ["model.norm.weight"] = Zeros("model.norm.weight", 13) });
        open.Should().Throw<CheckpointException>().WithMessage("*model.norm.weight*[12]*[13]*").Which.Tensor.Should().Be("model.norm.weight");
    }

    [Fact]
    public void Names_without_prefix_are_found_and_reported()
    {
        using var folder = new TemporaryFolder();
        WriteModel(folder, [], name => name.Replace("model.", string.Empty, StringComparison.Ordinal));
        using var checkpoint = Checkpoint.OpenFolder(folder.Path);
        checkpoint.Report.Notes.Should().Contain(note => note.Contains("prefix"));
        float[] values = new float[12], expected = new float[12];
        ParameterInfo bias = ParameterLayout.For(TestConfigs.Qwen2).First(p => p.Kind == ParameterKind.Bias);
        checkpoint.Read(bias, values);
        new SeededInitializer(1).Read(bias, expected);
        values.Should().Equal(expected);
    }

    [Fact]
    public void Other_tensors_are_noted_or_warned_about()
    {
        using var folder = new TemporaryFolder();
        WriteModel(folder, new()
        {
            ["model.layers.0.self_attn.rotary_emb.inv_freq"] = Zeros("model.layers.0.self_attn.rotary_emb.inv_freq", 2),
            ["model.layers.0.self_attn.o_proj.bias"] = Zeros("model.layers.0.self_attn.o_proj.bias", 12),
        });
        using var checkpoint = Checkpoint.OpenFolder(folder.Path);
        checkpoint.Report.Notes.Should().ContainSingle(note => note.Contains("inv_freq"));
        checkpoint.Report.Warnings.Should().ContainSingle().Which.Should().Contain("o_proj.bias").And.NotContain("inv_freq");
    }

    [Fact]
    public void Folders_that_are_no_model_are_typed_errors_that_say_what_is_there()
    {
        using var folder = new TemporaryFolder();
        Action open = () => Checkpoint.OpenFolder(folder.Path).Dispose();
        open.Should().Throw<CheckpointException>().WithMessage("*no config.json*");
        folder.Write("adapter_config.json", "{}");
        open.Should().Throw<CheckpointException>().WithMessage("*adapter*merge*");
        WriteModel(folder, []);
        File.Delete(folder.File("model.safetensors"));
        open.Should().Throw<CheckpointException>().WithMessage("*holds neither model.safetensors*");
        folder.Write("pytorch_model.bin", "x");
        open.Should().Throw<CheckpointException>().WithMessage("*safe_serialization*");
        Action nowhere = () => Checkpoint.OpenFolder(folder.File("nowhere")).Dispose();
        nowhere.Should().Throw<CheckpointException>().WithMessage("*no such folder*");
    }

    private static float[] ReadHead(Checkpoint checkpoint)
    {
        float[] head = new float[checkpoint.Config.HiddenSize];
        checkpoint.Read(ParameterLayout.For(checkpoint.Config)[^1], head);
        return head;
    }

    private static TensorToWrite Zeros(string name, params int[] shape) => new(name, shape, destination => destination.Clear());

    private static List<TensorToWrite> Tensors() =>
        [.. ParameterLayout.For(TestConfigs.Qwen2).Select(p => TensorToWrite.From(p, new SeededInitializer(1)))];

    /// <summary>Writes a small model, with some tensors replaced, added, or (null) left out.</summary>
    private static void WriteModel(TemporaryFolder folder, Dictionary<string, TensorToWrite?> changes, Func<string, string>? rename = null)
    {
        File.WriteAllBytes(folder.File("config.json"), HuggingFaceConfigWriter.Write(TestConfigs.Qwen2, TensorType.F32));
        List<TensorToWrite> tensors = [.. Tensors().Where(t => !changes.ContainsKey(t.Name)), .. changes.Values.OfType<TensorToWrite>()];
        SafetensorsWriter.Write(folder.File("model.safetensors"), [.. tensors.Select(t => t with { Name = rename?.Invoke(t.Name) ?? t.Name })]);
    }

    private static void WriteLanguageModel(TemporaryFolder folder)
    {
        WriteModel(folder, new() { ["score.weight"] = null, ["lm_head.weight"] = Zeros("lm_head.weight", 20, 12) });
        ChangeConfig(folder, config =>
        {
            config["architectures"] = new JsonArray("Qwen2ForCausalLM");
            config.Remove("id2label");
            config.Remove("num_labels");
        });
    }

    private static void ChangeConfig(TemporaryFolder folder, Action<JsonObject> change)
    {
        JsonObject config = JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!.AsObject();
        change(config);
        folder.Write("config.json", config.ToJsonString());
    }

    private static void WriteShards(TemporaryFolder folder, Dictionary<string, string> overrides)
    {
        File.WriteAllBytes(folder.File("config.json"), HuggingFaceConfigWriter.Write(TestConfigs.Qwen2, TensorType.F32));
        List<TensorToWrite> tensors = Tensors();
        var map = new Dictionary<string, string>();
        for (int shard = 1; shard <= 2; shard++)
        {
            TensorToWrite[] part = [.. shard == 1 ? tensors.Take(7) : tensors.Skip(7)];
            SafetensorsWriter.Write(folder.File($"model-{shard}.safetensors"), part);
            foreach (TensorToWrite tensor in part)
            {
                map[tensor.Name] = overrides.GetValueOrDefault(tensor.Name, $"model-{shard}.safetensors");
            }
        }

        folder.Write("model.safetensors.index.json", JsonSerializer.Serialize(new { metadata = new { total_size = 1 }, weight_map = map }));
    }
}
