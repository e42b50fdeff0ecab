using System.CommandLine;
using ToolRM.Cli.Options;
using ToolRM.Models;
using ToolRM.Training;

namespace ToolRM.Tests.Cli;

public class TrainingOptionsTests
{
    [Fact]
    public void Nothing_given_is_the_librarys_defaults() => Read("").Should().BeEquivalentTo(new PairwiseTrainingOptions { Resume = false });

    [Fact]
    public void The_preset_fills_in_what_is_not_given()
    {
        Read("--preset paper").Should().BeEquivalentTo(PairwiseTrainingOptions.Paper with { Resume = false });
        Read("--preset paper --learning-rate 2e-6 --pairs-per-step 8 --max-length 512 --recompute-activations false --seed 3 --resume").Should()
            .BeEquivalentTo(PairwiseTrainingOptions.Paper with
            {
                LearningRate = 2e-6, PairsPerStep = 8, MaxLength = 512, RecomputeActivations = false, Seed = 3,
            });
        Read("--preset paper --epochs 1 --final-learning-rate 0.1 --weight-decay 0.1 --beta2 0.95").Should()
            .BeEquivalentTo(
                PairwiseTrainingOptions.Paper with { FinalLearningRateFraction = 0.1, WeightDecay = 0.1, Beta2 = 0.95, Resume = false },
                "a value is given even if it is the default without the preset");
    }

    [Fact]
    public void Adapters_are_asked_for_by_their_rank()
    {
        Read("--lora-rank 8").Lora.Should().BeEquivalentTo(new LoraOptions { Rank = 8 });
        Read("--preset paper --lora-rank 4 --lora-alpha 10 --lora-modules q_proj,v_proj").Lora.Should()
            .BeEquivalentTo(new LoraOptions { Rank = 4, Alpha = 10, TargetModules = ["q_proj", "v_proj"] });
    }

    [Theory]
    [InlineData("--lora-rank 0", "--lora-rank must be at least 1.")]
    [InlineData("--lora-rank 4 --lora-alpha 0", "--lora-alpha must be a finite number above 0.")]
    [InlineData("--lora-rank 4 --lora-modules q_proj,w_proj", "--lora-modules must be some of q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj.")]
    [InlineData("--lora-rank 4 --lora-modules ,", "--lora-modules must be some of q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj.")]
    [InlineData("--lora-alpha 4", "--lora-alpha is about adapters: give --lora-rank, too.")]
    [InlineData("--lora-modules q_proj", "--lora-modules is about adapters: give --lora-rank, too.")]
    public async Task Adapters_keep_the_librarys_rules_under_their_own_names(string options, string message)
    {
        CommandRun run = await CommandRun.Of(["train", "x", "--out", "o", "--base", "b", .. options.Split(' ')]);
        run.ExitCode.Should().Be(2);
        run.Error.Trim().Should().Be(message);
    }

    [Theory]
    [InlineData("--preset other --base b")]
    [InlineData("--preset paper --shape 1,16,16,2,1,8,300")]
    [InlineData("--lora-rank 4 --shape 1,16,16,2,1,8,300")]
    [InlineData("--lora-rank 4 --verifier")]
    [InlineData("--preset paper --verifier")]
    [InlineData("--preset paper --recipe embedded")]
    public async Task What_has_no_effect_is_wrong_usage(string options)
    {
        CommandRun run = await CommandRun.Of(["train", "x", "--out", "o", .. options.Split(' ')]);
        run.ExitCode.Should().Be(2);
        run.Error.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Help_lists_adapters_and_the_preset()
    {
        CommandRun run = await CommandRun.Of("train", "--help");
        run.Output.Should().ContainAll("--lora-rank", "--lora-alpha", "--lora-modules", "--preset <paper>", "2509.11963");
    }

    private static PairwiseTrainingOptions Read(string arguments)
    {
        var command = new Command("train");
        var options = new TrainingOptions(command);
        return options.Read(command.Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }
}
