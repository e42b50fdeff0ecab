using ToolRM.Checkpoints;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Tests.Engines;
using ToolRM.TorchSharp.Training;

namespace ToolRM.TorchSharp.Tests;

[Trait("Category", "TorchSharp")]
public class LoraTests
{
    private static readonly LoraOptions Options = new() { Rank = 3, Alpha = 6, TargetModules = ["q_proj", "v_proj", "down_proj"] };

    [Theory]
    [MemberData(nameof(TinyModels.Shapes), MemberType = typeof(TinyModels))]
    public void Adapted_model_starts_as_the_model(string shape)
    {
        DecoderConfig config = TinyModels.Config(shape);
        using CpuRewardEngine managed = TinyModels.Scorer(config, threads: 1);
        using TorchTrainingEngine engine = Trainer(config);
        foreach (TokenForest forest in TorchModels.Forests(config))
        {
            TorchModels.ShouldBeNear(TinyModels.Score(engine, forest), TinyModels.Score(managed, forest), 1e-4f, shape);
        }
    }

    /// <summary>With dW the gradient of an adapted matrix: of A it is scale * B^T dW, of B scale * dW A^T.</summary>
    [Theory]
    [InlineData("qwen2", false)]
    [InlineData("qwen3", true)]
    [InlineData("one layer", true)]
    public void Gradients_of_adapters_follow_from_those_of_the_matrices(string shape, bool recomputes)
    {
        DecoderConfig config = TinyModels.Config(shape);
        using TorchTrainingEngine engine = Trainer(config, recomputes);
        Scatter(engine);
        using var managed = new CpuTrainingEngine(config, new Merged(engine), TinyModels.Plan(threads: 1));
        TokenForest forest = TorchModels.Forests(config).ElementAt(3);
        float[] expected = Propagate(managed, forest), found = Propagate(engine, forest);
        TorchModels.ShouldBeNear(found, expected, 1e-4f, "rewards");
        float[] head = Part(managed, Parameter(managed, ParameterLayout.Head));
        TorchModels.ShouldBeNear(Part(engine, Parameter(engine, ParameterLayout.Head)), head, 1e-4f * Math.Max(1, head.Max(Math.Abs)), "head");
        foreach (ParameterInfo matrix in managed.Parameters.Where(parameter => engine.Parameters.Any(other => other.Name == LoraLayout.DownOf(parameter.Name))))
        {
            ParameterInfo down = Parameter(engine, LoraLayout.DownOf(matrix.Name)), up = Parameter(engine, LoraLayout.UpOf(matrix.Name));
            float[] gradient = Part(managed, matrix), a = Part(engine, down, ParameterPart.Value), b = Part(engine, up, ParameterPart.Value);
            float[] ofA = new float[down.Count], ofB = new float[up.Count];
            for (int row = 0; row < matrix.Rows; row++)
            {
                for (int column = 0; column < matrix.Columns; column++)
                {
                    for (int r = 0; r < Options.Rank; r++)
                    {
                        float d = (float)Options.Scale * gradient[(row * matrix.Columns) + column];
                        ofA[(r * matrix.Columns) + column] += d * b[(row * Options.Rank) + r];
                        ofB[(row * Options.Rank) + r] += d * a[(r * matrix.Columns) + column];
                    }
                }
            }

            TorchModels.ShouldBeNear(Part(engine, down), ofA, 2e-4f * Math.Max(1, ofA.Max(Math.Abs)), down.Name);
            TorchModels.ShouldBeNear(Part(engine, up), ofB, 2e-4f * Math.Max(1, ofB.Max(Math.Abs)), up.Name);
        }
    }

    [Fact]
    public void Only_adapters_and_the_head_are_trained_and_the_merged_model_scores_as_the_adapted_one()
    {
        DecoderConfig config = TinyModels.Config("qwen2");
        using TorchTrainingEngine engine = Trainer(config);
        engine.Parameters.Should().HaveCount((2 * 3 * config.Layers) + 1);
        TokenForest forest = TorchModels.Forests(config).ElementAt(2);
        float[] before = TinyModels.Score(engine, forest);
        for (int step = 1; step <= 5; step++)
        {
            Propagate(engine, forest);
            engine.Step(new AdamWStep(step, 0.01, 0.9, 0.999, 1e-8, 0, 1));
        }

        float[] after = TinyModels.Score(engine, forest);
        after.Should().NotEqual(before);
        using var merged = new CpuRewardEngine(config, new Merged(engine), TinyModels.Plan(threads: 1));
        TorchModels.ShouldBeNear(TinyModels.Score(merged, forest), after, 1e-4f, "merged");
    }

    [Fact]
    public void Adapter_is_saved_as_PEFT_does()
    {
        DecoderConfig config = TinyModels.Config("one layer");
        using TorchTrainingEngine engine = Trainer(config);
        Scatter(engine);
        string folder = Directory.CreateTempSubdirectory("toolrm").FullName;
        try
        {
            AdapterWriter.Write(folder, config, Options, new Merged(engine), "base");
            string json = File.ReadAllText(Path.Combine(folder, "adapter_config.json"));
            json.Should().ContainAll("\"peft_type\": \"LORA\"", "\"task_type\": \"SEQ_CLS\"", "\"r\": 3", "\"lora_alpha\": 6", "\"base_model_name_or_path\": \"base\"");
            using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, "adapter_model.safetensors"));
            file.Tensors.Keys.Should().BeEquivalentTo(
                "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", "base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight",
                "base_model.model.model.layers.0.self_attn.v_proj.lora_A.weight", "base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight",
                "base_model.model.model.layers.0.mlp.down_proj.lora_A.weight", "base_model.model.model.layers.0.mlp.down_proj.lora_B.weight",
                "base_model.model.score.weight");
            TensorEntry entry = file.Tensors["base_model.model.model.layers.0.mlp.down_proj.lora_A.weight"];
            entry.Shape.Should().Equal(Options.Rank, config.IntermediateSize);
            var values = new float[entry.Count];
            file.Read(entry, 0, values);
            values.Should().Equal(Part(engine, Parameter(engine, "model.layers.0.mlp.down_proj.lora_A.weight"), ParameterPart.Value));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Action rank = () => new LoraOptions { Rank = 0 }.Validate();
        Action alpha = () => new LoraOptions { Alpha = double.NaN }.Validate();
        Action module = () => new LoraOptions { TargetModules = ["q_proj", "lm_head"] }.Validate();
        Action none = () => new LoraOptions { TargetModules = [] }.Validate();
        rank.Should().Throw<ArgumentOutOfRangeException>();
        alpha.Should().Throw<ArgumentOutOfRangeException>();
        module.Should().Throw<ArgumentException>().WithMessage("*gate_proj*");
        none.Should().Throw<ArgumentException>();
        new LoraOptions().Validate();
    }

    private static TorchTrainingEngine Trainer(DecoderConfig config, bool recomputes = false) => (TorchTrainingEngine)new TorchSharpProvider().CreateTrainer(
        config, new TinyModels.RandomSource(1), TorchModels.Request() with { Lora = Options, Seed = 5, RecomputesActivations = recomputes });

    /// <summary>Gives adapters values that matter.</summary>
    private static void Scatter(TorchTrainingEngine engine)
    {
        foreach (ParameterInfo parameter in engine.Parameters)
        {
            var values = new float[parameter.Count];
            new TinyModels.RandomSource(9).Read(parameter, values);
            engine.Write(parameter, ParameterPart.Value, values);
        }
    }

    private static float[] Propagate(ITrainingEngine engine, TokenForest forest)
    {
        var rewards = new float[forest.Leaves.Length];
        engine.Forward(forest, rewards, default);
        engine.Backward([.. rewards.Select((_, i) => 0.5f - (0.3f * i))], default);
        return rewards;
    }

    private static ParameterInfo Parameter(ITrainingEngine engine, string name) => engine.Parameters.Single(parameter => parameter.Name == name);

    private static float[] Part(ITrainingEngine engine, ParameterInfo parameter, ParameterPart part = ParameterPart.Gradient)
    {
        var values = new float[parameter.Count];
        engine.Read(parameter, part, values);
        return values;
    }

    /// <summary>The values as they are, which an engine may read on several threads at once.</summary>
    private sealed class Merged(TorchTrainingEngine engine) : IParameterSource
    {
        private readonly Dictionary<string, float[]> _values = ParameterLayout.For(engine.Config).UnionBy(engine.Parameters, parameter => parameter.Name)
            .ToDictionary(parameter => parameter.Name, parameter => Part(engine, parameter, ParameterPart.Value));

        public void Read(ParameterInfo parameter, Span<float> destination) => _values[parameter.Name].CopyTo(destination);
    }
}
