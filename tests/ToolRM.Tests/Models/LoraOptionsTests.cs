using ToolRM.Models;

namespace ToolRM.Tests.Models;

public class LoraOptionsTests
{
    public static TheoryData<string, LoraOptions> Invalid => new()
    {
        { "Rank", new() { Rank = 0 } },
        { "Alpha", new() { Alpha = 0 } },
        { "Alpha", new() { Alpha = double.NaN } },
        { "Alpha", new() { Alpha = double.PositiveInfinity } },
        { "TargetModules", new() { TargetModules = [] } },
        { "TargetModules", new() { TargetModules = null! } },
        { "TargetModules", new() { TargetModules = ["q_proj", "lm_head"] } },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_range_is_an_error_that_names_it_where_training_is_asked_for(string name, LoraOptions options)
    {
        Action validate = new ToolRM.Training.PairwiseTrainingOptions { Lora = options }.Validate;
        validate.Should().Throw<ArgumentException>().WithMessage($"{name} must be *").Which.ParamName.Should().Be(name);
    }

    [Fact]
    public void Layout_has_two_matrices_for_each_module_of_each_layer_and_the_head()
    {
        new LoraOptions().Validate();
        var options = new LoraOptions { Rank = 2, Alpha = 1, TargetModules = ["down_proj", "k_proj", "k_proj"] };
        options.Validate();
        IReadOnlyList<ParameterInfo> layout = LoraLayout.For(TestConfigs.Qwen2, options);
        layout.Select(parameter => $"{parameter.Name} {parameter.Rows} {parameter.Columns}").Should().Equal(
            "model.layers.0.self_attn.k_proj.lora_A.weight 2 12", "model.layers.0.self_attn.k_proj.lora_B.weight 4 2",
            "model.layers.0.mlp.down_proj.lora_A.weight 2 18", "model.layers.0.mlp.down_proj.lora_B.weight 12 2",
            "model.layers.1.self_attn.k_proj.lora_A.weight 2 12", "model.layers.1.self_attn.k_proj.lora_B.weight 4 2",
            "model.layers.1.mlp.down_proj.lora_A.weight 2 18", "model.layers.1.mlp.down_proj.lora_B.weight 12 2",
            "score.weight 1 12");
        layout.Where(LoraLayout.StartsAtZero).Should().HaveCount(4).And.OnlyContain(parameter => parameter.Name.Contains("lora_B"));
    }
}
