using System.Text.Json;
using ToolRM.Checkpoints;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Tests.Engines;

namespace ToolRM.Tests.Checkpoints;

public sealed class LoraAdapterTests : IDisposable
{
    private static readonly DecoderConfig _config = TinyModels.Config("qwen2") with { Template = "qwen2.5" };
    private static readonly TinyModels.RandomSource _source = new(1);
    private readonly TemporaryFolder _folder = new();

    private string Adapter => _folder.File("adapter");

    private string Output => _folder.File("merged");

    [Theory]
    [InlineData(false, 2.0)]
    [InlineData(true, 3.4641016151377544)]
    public void Merged_matrices_are_those_of_the_base_model_plus_the_scaled_products(bool isRankStabilised, double scale)
    {
        var adapter = new TestAdapter(_config);
        string fields = TestAdapter.UsualFields.Replace("\"use_rslora\": false", $"\"use_rslora\": {(isRankStabilised ? "true" : "false")}");

        LoraAdapter.Merge(Base(), (adapter with { Fields = fields }).Write(Adapter), Output);

        ShouldBeMerged(adapter, scale, 1e-6f);
        File.ReadAllText(Path.Combine(Output, "tokenizer.json")).Should().Be("{}");
    }

    [Fact]
    public async Task Merged_folder_scores_as_the_model_with_the_sums_does()
    {
        var adapter = new TestAdapter(_config);
        LoraAdapter.Merge(Base(hasTokenizer: false), adapter.Write(Adapter), Output);
        using RewardModel model = await RewardModel.LoadAsync(Output, new RewardModelOptions { Device = "cpu" });
        using var expected = new CpuRewardEngine(_config, new Sums(adapter, 2), TinyModels.Plan());
        using CpuRewardEngine before = TinyModels.Scorer(_config);
        int[] tokens = TinyModels.Tokens(4, 30, _config);

        IReadOnlyList<double> rewards = await model.ScoreTokensAsync([tokens]);

        rewards[0].Should().BeApproximately(TinyModels.Score(expected, TinyModels.Sequence(tokens))[0], 1e-4);
        rewards[0].Should().NotBeApproximately(TinyModels.Score(before, TinyModels.Sequence(tokens))[0], 1e-2);
    }

    [Fact]
    public void What_the_library_writes_it_merges_with_its_template()
    {
        var adapter = new TestAdapter(_config);
        AdapterWriter.Write(Adapter, _config with { Template = "compact" }, adapter.Options, new Own(), "base/folder");

        LoraAdapter.Merge(Base(), Adapter, Output);

        ShouldBeMerged(adapter, 2, 1e-6f, template: "compact");
        JsonElement config = JsonElement.Parse(File.ReadAllText(Path.Combine(Adapter, "adapter_config.json")));
        config.GetProperty("base_model_name_or_path").GetString().Should().Be("base/folder");
        config.GetProperty("modules_to_save").EnumerateArray().Select(module => module.GetString()).Should().Equal("score");
        AdapterConfig.Read(Adapter).Should().BeEquivalentTo(new AdapterConfig(3, 2, ["q_proj", "v_proj", "down_proj"], ["score"]));
    }

    [Fact]
    public void Base_in_16_bits_stays_so_unless_32_are_asked_for()
    {
        var adapter = new TestAdapter(_config);
        string model = Base(TensorType.BF16);
        var shares = new Shares();

        LoraAdapter.Merge(model, adapter.Write(Adapter), Output, progress: shares);

        ShouldBeMerged(adapter, 2, 0.05f, "BF16", source: Read(model));
        shares.Should().BeInAscendingOrder().And.HaveElementAt(shares.Count - 1, 1);
        LoraAdapter.Merge(model, Adapter, Output, asFloat32: true);
        ShouldBeMerged(adapter, 2, 1e-6f, "F32", source: Read(model));
    }

    [Fact]
    public void A_language_model_becomes_a_reward_model_by_the_head_of_the_adapter()
    {
        string model = LanguageModel();
        LoraAdapter.Merge(model, new TestAdapter(_config).Write(Adapter), Output);
        ShouldBeMerged(new TestAdapter(_config), 2, 1e-6f);

        Action headless = () => LoraAdapter.Merge(model, (new TestAdapter(_config) with { HasHead = false }).Write(Adapter), Output);
        headless.Should().Throw<CheckpointException>().WithMessage("*brings no reward head (score.weight)*has none*");
    }

    [Fact]
    public void An_adapter_without_head_keeps_that_of_the_base_model()
    {
        TestAdapter adapter = new TestAdapter(_config) with { HasHead = false };
        LoraAdapter.Merge(Base(), adapter.Write(Adapter), Output);
        ShouldBeMerged(adapter, 2, 1e-6f);
    }

    [Fact]
    public void Modules_that_are_saved_whole_replace_and_the_head_of_a_language_model_is_ignored()
    {
        TestAdapter adapter = new TestAdapter(_config) with
        {
            Changes = new Dictionary<string, TensorToWrite?>
            {
                [ParameterLayout.FinalNorm] = TestAdapter.Tensor(ParameterLayout.FinalNorm, 0.25f, _config.HiddenSize),
                ["lm_head.weight"] = TestAdapter.Tensor("lm_head.weight", 1, 2, 2),
            },
        };

        LoraAdapter.Merge(Base(), adapter.Write(Adapter), Output);

        using Checkpoint merged = Checkpoint.OpenFolder(Output);
        var norm = new float[_config.HiddenSize];
        merged.Read(ParameterLayout.For(_config).Single(parameter => parameter.Name == ParameterLayout.FinalNorm), norm);
        norm.Should().AllBeEquivalentTo(0.25f);
    }

    [Fact]
    public void Failure_and_cancellation_leave_the_output_as_it_was()
    {
        string model = Base();
        new TestAdapter(_config).Write(Adapter);
        Action cancelled = () => LoraAdapter.Merge(model, Adapter, Output, cancellationToken: new CancellationToken(canceled: true));
        cancelled.Should().Throw<OperationCanceledException>();
        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("base", "adapter");
    }

    [Theory]
    [InlineData("base")]
    [InlineData("base/")]
    [InlineData("adapter")]
    [InlineData(".")]
    public void What_is_merged_is_never_overwritten(string output)
    {
        string model = Base();
        Action merge = () => LoraAdapter.Merge(model, new TestAdapter(_config).Write(Adapter), _folder.File(output));
        merge.Should().Throw<CheckpointException>().WithMessage("*Choose another output folder");
    }

    [Fact]
    public async Task An_adapter_alone_says_how_it_becomes_a_model()
    {
        new TestAdapter(_config).Write(Adapter);
        Func<Task> load = () => RewardModel.LoadAsync(Adapter);
        await load.Should().ThrowAsync<CheckpointException>().WithMessage("*holds an adapter*toolrm merge BASE*LoraAdapter.Merge*");
    }

    public void Dispose() => _folder.Dispose();

    private string Base(TensorType type = TensorType.F32, bool hasTokenizer = true)
    {
        CheckpointWriter.Save(_folder.File("base"), _config, _source, hasTokenizer ? "{}"u8.ToArray() : default(ReadOnlyMemory<byte>), type);
        return _folder.File("base");
    }

    private string LanguageModel()
    {
        string folder = Base(), config = Path.Combine(folder, "config.json");
        TensorToWrite[] body = [.. ParameterLayout.For(_config).Where(p => p.Kind != ParameterKind.Head).Select(p => TensorToWrite.From(p, _source))];
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), body);
        File.WriteAllText(config, File.ReadAllText(config).Replace("Qwen2ForSequenceClassification", "Qwen2ForCausalLM"));
        return folder;
    }

    private void ShouldBeMerged(
        TestAdapter adapter, double scale, float tolerance, string type = "F32", string template = "qwen2.5", Func<ParameterInfo, float[]>? source = null)
    {
        using Checkpoint merged = Checkpoint.OpenFolder(Output);
        merged.Report.ElementTypes.Should().Be(type);
        merged.Report.Warnings.Should().BeEmpty();
        merged.Config.Should().Be(_config with { Template = template });
        foreach (ParameterInfo parameter in ParameterLayout.For(_config))
        {
            float[] found = new float[parameter.Count], expected = adapter.Merge(parameter, (source ?? Values)(parameter), scale);
            merged.Read(parameter, found);
            for (int i = 0; i < found.Length; i++)
            {
                found[i].Should().BeApproximately(expected[i], tolerance * Math.Max(1, Math.Abs(expected[i])), "{0}, number {1}", parameter.Name, i);
            }
        }
    }

    private static float[] Values(ParameterInfo parameter)
    {
        var values = new float[parameter.Count];
        _source.Read(parameter, values);
        return values;
    }

    private static Func<ParameterInfo, float[]> Read(string folder) => parameter =>
    {
        using Checkpoint checkpoint = Checkpoint.OpenFolder(folder);
        var values = new float[parameter.Count];
        checkpoint.Read(parameter, values);
        return values;
    };

    private sealed class Sums(TestAdapter adapter, double scale) : IParameterSource
    {
        public void Read(ParameterInfo parameter, Span<float> destination) => adapter.Merge(parameter, Values(parameter), scale).CopyTo(destination);
    }

    private sealed class Own : IParameterSource
    {
        public void Read(ParameterInfo parameter, Span<float> destination) => TestAdapter.Values(parameter).CopyTo(destination);
    }

    private sealed class Shares : List<double>, IProgress<double>
    {
        public void Report(double value) => Add(value);
    }
}
