using System.Text.Json;
using ToolRM.Cli.Training;
using ToolRM.Prompts;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tokenization;

namespace ToolRM.Tests.Cli;

public sealed class TrainCommandTests : IDisposable
{
    private const string Shape = "1,16,24,2,1,8,300";
    private readonly TemporaryFolder _files = new();

    private string Output => _files.File("run");

    public void Dispose() => _files.Dispose();

    /// <summary>Ten questions with two wrong answers each.</summary>
    private string Pairs() => _files.Write("pairs.jsonl", string.Join('\n', Enumerable.Range(0, 10).SelectMany(i => (string[])
    [
        $$"""{"prompt":"Weather in town {{i}}?","chosen":{{Call("get_weather", i)}},"rejected":[],"error_type":"no call"}""",
        $$"""{"prompt":"Weather in town {{i}}?","chosen":{{Call("get_weather", i)}},"rejected":{{Call("get_wether", i)}}}""",
    ])));

    private static string Call(string name, int town) => $$$"""[{"name":"{{{name}}}","arguments":{"town":{{{town}}}}}]""";

    private Task<CommandRun> TrainAsync(params string[] more) =>
        CommandRun.Of(["train", Pairs(), "--out", Output, "--shape", Shape, "--pairs-per-step", "4", "--max-steps", "4", .. more]);

    [Fact]
    public async Task New_model_is_trained_saved_and_scores()
    {
        JsonElement result = (await TrainAsync("--held-out-fraction", "0.3", "--json", "--element-type", "bf16")).Succeeded().Json;

        result.EnumerateObject().Select(property => property.Name).Should().Equal(
            "model", "best_model", "steps", "training_pairs", "held_out_pairs", "final_held_out", "best_step", "best_held_out");
        result.GetProperty("steps").GetInt32().Should().Be(4);
        int training = result.GetProperty("training_pairs").GetProperty("read").GetInt32();
        int heldOut = result.GetProperty("held_out_pairs").GetProperty("read").GetInt32();
        (training + heldOut).Should().Be(20);
        heldOut.Should().BePositive();
        (heldOut % 2).Should().Be(0, "the two rows of a conversation stay together");
        foreach (string name in (string[])["model", "best_model"])
        {
            string folder = result.GetProperty(name).GetString()!;
            JsonElement summary = (await CommandRun.Of("inspect", folder, "--json")).Succeeded().Json;
            summary.GetProperty("element_types").GetString().Should().Be("BF16");
            summary.GetProperty("template").GetProperty("name").GetString().Should().Be("compact");
            (await CommandRun.OfInput("""{"prompt":"Weather?","text":"Fine."}""", ["score", "--model", folder])).Succeeded();
        }
    }

    [Fact]
    public async Task Run_that_is_there_is_continued_only_when_asked_to()
    {
        (await TrainAsync()).Succeeded();
        byte[] first = await File.ReadAllBytesAsync(Path.Combine(Output, "model.safetensors"));

        CommandRun again = await TrainAsync();
        CommandRun resumed = (await TrainAsync("--resume", "--json", "--recompute-activations")).Succeeded();
        CommandRun other = await TrainAsync("--resume", "--learning-rate", "0.1");

        again.ExitCode.Should().Be(1);
        again.Error.Should().Contain("--resume");
        resumed.Json.GetProperty("steps").GetInt32().Should().Be(4);
        (await File.ReadAllBytesAsync(Path.Combine(Output, "model.safetensors"))).Should().Equal(first);
        other.ExitCode.Should().Be(1);
        other.Error.Should().Contain("LearningRate");
    }

    [Fact]
    public async Task Finished_model_without_state_is_never_overwritten()
    {
        (await TrainAsync()).Succeeded();
        Directory.Delete(Path.Combine(Output, "checkpoint"), recursive: true);

        CommandRun run = await TrainAsync("--resume");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("holds a model already");
    }

    [Fact]
    public async Task Continued_run_keeps_its_tokenizer()
    {
        Directory.CreateDirectory(Output);
        BpeTrainer.Train(["weather weather"], new BpeTrainerOptions { VocabularySize = 287, SpecialTokens = CompactTemplate.ControlTokens })
            .Save(Path.Combine(Output, "tokenizer.json"));

        (await TrainAsync("--resume")).Succeeded();

        JsonElement summary = (await CommandRun.Of("inspect", Output, "--json")).Succeeded().Json;
        summary.GetProperty("tokenizer").GetProperty("vocabulary_size").GetInt32().Should().Be(287);
        summary.GetProperty("shape").GetProperty("vocab_size").GetInt32().Should().Be(287);
    }

    [Fact]
    public async Task Model_of_a_folder_is_trained_further()
    {
        (await TrainAsync()).Succeeded();
        string further = _files.File("further");

        CommandRun run = (await CommandRun.Of(
            "train", Pairs(), "--base", Output, "--out", further, "--max-steps", "1", "--eval", Pairs(), Pairs(), "--json")).Succeeded();

        run.Json.GetProperty("held_out_pairs").GetProperty("read").GetInt32().Should().Be(40);
        (await File.ReadAllBytesAsync(Path.Combine(further, "tokenizer.json")))
            .Should().Equal(await File.ReadAllBytesAsync(Path.Combine(Output, "tokenizer.json")));
    }

    [Fact]
    public async Task Stopped_run_says_how_to_go_on()
    {
        CommandRun run = await CommandRun.OfInput(
            "", ["train", Pairs(), "--out", Output, "--shape", Shape], new CancellationToken(canceled: true));

        run.ExitCode.Should().Be(130);
        run.Error.Should().Contain("run the same command with --resume to continue");
    }

    [Fact]
    public async Task Bad_row_is_named_with_file_and_line_or_skipped_and_counted_once()
    {
        string file = _files.Write("bad.jsonl", """
            {"prompt":"a","chosen":"b","rejected":"c"}
            {"prompt":"a","chosen":"b"}
            """);

        CommandRun run = await CommandRun.Of("train", file, "--out", Output, "--shape", Shape);

        run.ExitCode.Should().Be(1);
        run.Error.Should().StartWith($"toolrm: {file}:2: column 'rejected'");

        CommandRun lenient = await CommandRun.Of("train", file, "--out", Output, "--shape", Shape, "--skip-bad-rows", "--json");
        lenient.Succeeded().Json.GetProperty("bad_rows").GetInt32().Should().Be(1);
        lenient.Json.GetProperty("training_pairs").GetProperty("read").GetInt32().Should().Be(1);
        lenient.Error.Split("warning: Skipped a bad row").Should().HaveCount(2);
    }

    [Fact]
    public void Split_looks_at_the_conversation_only_and_depends_on_the_seed()
    {
        var split = new ConversationSplit(seed: 5, fraction: 0.25);
        ToolPrompt[] prompts = [.. Enumerable.Range(0, 2000).Select(i => ToolPrompt.FromUser($"question {i}"))];
        bool[] sides = [.. prompts.Select(split.IsHeldOut)];

        sides.Count(side => side).Should().BeInRange(420, 580);
        Tool[] tools = [Tool.Create("f", "does f", """{"type":"object"}""")];
        prompts.Select(prompt => split.IsHeldOut(prompt with { Tools = tools })).Should().Equal(sides);
        prompts.Select(new ConversationSplit(seed: 6, fraction: 0.25).IsHeldOut).Should().NotEqual(sides);
        prompts.Where(new ConversationSplit(seed: 5, fraction: 0).IsHeldOut).Should().BeEmpty();
    }
}
