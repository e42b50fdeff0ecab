using ToolRM.Tests.Checkpoints;

namespace ToolRM.Tests.Cli;

/// <summary><c>toolrm train --recipe</c>: what is refused before anything is made. The recipe itself takes hours.</summary>
public sealed class RecipeCommandTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    private string Output => _files.File("run");

    public void Dispose() => _files.Dispose();

    private string Pairs() => _files.Write("pairs.jsonl", """{"prompt":"a","chosen":"b","rejected":"c"}""");

    private Task<CommandRun> RunAsync(string file, params string[] more) =>
        CommandRun.Of(["train", "--recipe", "embedded", file, "--out", Output, .. more]);

    [Theory]
    [InlineData("--base b")]
    [InlineData("--shape 1,16,16,2,1,8,300")]
    [InlineData("--verifier")]
    [InlineData("--eval x")]
    [InlineData("--held-out-fraction 0.1")]
    [InlineData("--context 100")]
    [InlineData("--template annotated")]
    [InlineData("--element-type bf16")]
    [InlineData("--epochs 3")]
    [InlineData("--epochs 0")]
    [InlineData("--learning-rate 0.1")]
    [InlineData("--max-steps 3")]
    [InlineData("--pairs-per-step 4")]
    [InlineData("--checkpoint-every 5")]
    public async Task Options_that_the_recipe_decides_are_wrong_usage(string options)
    {
        CommandRun run = await RunAsync("x", options.Split(' '));

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Trim().Should().Be($"{options.Split(' ')[0]} does not go with --recipe, which decides it.");
        Directory.Exists(Output).Should().BeFalse();
    }

    [Fact]
    public async Task Other_recipes_are_wrong_usage()
    {
        CommandRun run = await CommandRun.Of("train", "--recipe", "cake", Pairs(), "--out", Output);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("cake").And.Contain("embedded");
        Directory.Exists(Output).Should().BeFalse();
    }

    [Theory]
    [InlineData("--threads 0")]
    [InlineData("--seed x")]
    public async Task Its_own_options_are_checked(string options)
    {
        CommandRun run = await RunAsync(Pairs(), options.Split(' '));

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(options.Split(' ')[0]);
    }

    [Fact]
    public async Task Files_and_a_folder_are_needed()
    {
        (await CommandRun.Of("train", "--recipe", "embedded", "--out", Output)).ExitCode.Should().Be(2);
        (await CommandRun.Of("train", "--recipe", "embedded", Pairs())).ExitCode.Should().Be(2);
        (await RunAsync("-")).Error.Trim().Should().StartWith("Training reads its files more than once");
    }

    [Fact]
    public async Task A_run_that_is_there_is_continued_only_when_asked_to()
    {
        string state = Path.Combine(Directory.CreateDirectory(Path.Combine(Output, "residual", "checkpoint")).FullName, "state.bin");
        await File.WriteAllTextAsync(state, "state");

        CommandRun run = await RunAsync(_files.File("missing.jsonl"));
        CommandRun resumed = await RunAsync(_files.File("missing.jsonl"), "--resume");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("holds a training run already").And.Contain("--resume");
        resumed.ExitCode.Should().Be(1);
        resumed.Error.Should().Contain("there is no such file", "that comes after");
        (await File.ReadAllTextAsync(state)).Should().Be("state");
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("verifier.json")]
    [InlineData("config.json", "--resume")]
    [InlineData("verifier.json", "--resume")]
    public async Task A_model_without_state_is_never_overwritten(string file, params string[] more)
    {
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Output).FullName, file), "{}");

        CommandRun run = await RunAsync(_files.File("missing.jsonl"), more);

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("holds a model already");
    }

    [Fact]
    public async Task Bad_rows_are_named_before_anything_is_made()
    {
        string file = _files.Write("bad.jsonl", """{"prompt":"a","chosen":"b"}""");

        CommandRun run = await RunAsync(file);

        run.ExitCode.Should().Be(1);
        run.Error.Should().StartWith($"toolrm: {file}:1: column 'rejected'");
        Directory.Exists(Output).Should().BeFalse();
    }

    [Fact]
    public async Task Stopped_run_says_how_to_go_on()
    {
        CommandRun run = await CommandRun.OfInput(
            "", ["train", "--recipe", "embedded", Pairs(), "--out", Output], new CancellationToken(canceled: true));

        run.ExitCode.Should().Be(130);
        run.Error.Should().Contain("run the same command with --resume to continue");
        Directory.Exists(Output).Should().BeFalse();
    }
}
