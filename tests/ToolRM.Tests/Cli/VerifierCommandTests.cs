using System.Text.Json;
using ToolRM.Tests.Checkpoints;
using ToolRM.Verification;

namespace ToolRM.Tests.Cli;

public sealed class VerifierCommandTests : IDisposable
{
    private const string Tools = """[{"name":"get_weather","parameters":{"type":"object","properties":{"town":{"type":"integer"}}}}]""";

    private readonly TemporaryFolder _files = new();

    private string Output => _files.File("verifier");

    public void Dispose() => _files.Dispose();

    /// <summary>Twenty questions with two wrong answers each.</summary>
    private string Pairs() => _files.Write("pairs.jsonl", string.Join('\n', Enumerable.Range(0, 20).SelectMany(i => (string[])
    [
        $$"""{"prompt":"Weather in town {{i}}?","tools":{{Tools}},"chosen":{{Call("get_weather", i)}},"rejected":[],"error_type":"no call"}""",
        $$"""{"prompt":"Weather in town {{i}}?","tools":{{Tools}},"chosen":{{Call("get_weather", i)}},"rejected":{{Call("get_wether", i)}}}""",
    ])));

    private static string Call(string name, int town) => $$$"""[{"name":"{{{name}}}","arguments":{"town":{{{town}}}}}]""";

    private static string Request(string more) => $$"""{"id":"a","prompt":"Weather in town 5?","tools":{{Tools}},{{more}}}""";

    private Task<CommandRun> TrainAsync(params string[] more) => CommandRun.Of(["train", "--verifier", Pairs(), "--out", Output, .. more]);

    [Fact]
    public async Task Verifier_is_trained_saved_measured_and_used()
    {
        JsonElement result = (await TrainAsync("--held-out-fraction", "0.3", "--json", "--epochs", "50")).Succeeded().Json;

        result.EnumerateObject().Select(property => property.Name).Should().Equal("model", "steps", "training", "held_out");
        result.GetProperty("model").GetString().Should().Be(Output);
        int training = result.GetProperty("training").GetProperty("pairs").GetInt32();
        int heldOut = result.GetProperty("held_out").GetProperty("pairs").GetInt32();
        (training + heldOut).Should().Be(40);
        heldOut.Should().BePositive();
        result.GetProperty("held_out").GetProperty("accuracy").GetDouble().Should().Be(1);
        Directory.GetFiles(Output).Select(Path.GetFileName).Should().Equal("verifier.json");

        string request = Request($"\"candidates\":[{Call("get_wether", 5)},{Call("get_weather", 5)}]");
        JsonElement rewards = (await CommandRun.OfInput(request, ["score", "--model", Output, "--json"])).Succeeded().Json.GetProperty("rewards");
        rewards[1].GetDouble().Should().BeGreaterThan(rewards[0].GetDouble());
        JsonElement ranking = (await CommandRun.OfInput(request, ["rank", "--model", Output, "--json"])).Succeeded().Json.GetProperty("ranking");
        ranking[0].GetProperty("index").GetInt32().Should().Be(1);
        JsonElement report = (await CommandRun.Of("eval", Pairs(), "--model", Output, "--json")).Succeeded().Json;
        report.GetProperty("model").GetString().Should().Be(Output);
        report.GetProperty("accuracy").GetDouble().Should().Be(1);
    }

    [Fact]
    public async Task Figures_are_told_in_lines()
    {
        CommandRun run = (await TrainAsync("--eval", Pairs(), "--epochs", "1")).Succeeded();

        run.Lines.Should().HaveCount(2);
        run.Lines[0].Should().Be("1000 steps on 40 pairs, accuracy on these 1.0000");
        run.Lines[1].Should().StartWith($"verifier: {Output}, held-out accuracy 1.0000, loss 0.");
    }

    [Fact]
    public async Task Seed_and_learning_rate_reach_the_trainer()
    {
        async Task<string> Weights(params string[] options)
        {
            string folder = _files.File($"v{Guid.NewGuid():N}");
            (await CommandRun.Of(["train", "--verifier", Pairs(), "--out", folder, .. options])).Succeeded();
            return await File.ReadAllTextAsync(Path.Combine(folder, "verifier.json"));
        }

        string first = await Weights();

        (await Weights("--threads", "1")).Should().Be(first);
        (await Weights("--seed", "1")).Should().NotBe(first);
        (await Weights("--learning-rate", "0.01")).Should().NotBe(first);
        (await Weights("--eta", "1")).Should().NotBe(first);
        (await Weights("--pairs-per-step", "10")).Should().NotBe(first);
    }

    [Fact]
    public async Task Scores_are_explained_as_lines_and_as_json()
    {
        (await TrainAsync()).Succeeded();

        CommandRun text = (await CommandRun.OfInput(Request($"\"calls\":{Call("get_wether", 5)}"), ["score", "--model", Output, "--explain"])).Succeeded();
        CommandRun one = (await CommandRun.OfInput(Request($"\"calls\":{Call("get_wether", 5)}"), ["score", "--model", Output, "--explain", "--json"])).Succeeded();
        CommandRun list = (await CommandRun.OfInput(
            Request($"\"candidates\":[[],{Call("get_wether", 5)}]"), ["score", "--model", Output, "--explain", "--json"])).Succeeded();

        text.Lines[0].Should().StartWith("a\t");
        text.Lines[1].Should().MatchRegex(@"^    constant [+-]\d+\.\d\d, ");
        text.Lines[2..].Should().NotBeEmpty().And.OnlyContain(line => line.StartsWith("    +") || line.StartsWith("    -"));
        JsonElement explanation = one.Json.GetProperty("explanation");
        double sum = explanation.GetProperty("constant").GetDouble() +
            explanation.GetProperty("families").EnumerateObject().Sum(family => family.Value.GetDouble());
        sum.Should().BeApproximately(one.Json.GetProperty("reward").GetDouble(), 1e-9);
        JsonElement reason = explanation.GetProperty("reasons")[0];
        reason.EnumerateObject().Select(property => property.Name).Should().Equal("feature", "call", "argument", "text", "contribution");
        text.Lines[2].Should().EndWith(reason.GetProperty("text").GetString());
        list.Json.GetProperty("explanation").GetArrayLength().Should().Be(2);
        JsonElement.DeepEquals(list.Json.GetProperty("explanation")[1], explanation).Should().BeTrue();
    }

    [Fact]
    public async Task Inspect_shows_the_strongest_weights_first()
    {
        (await TrainAsync()).Succeeded();

        CommandRun text = (await CommandRun.Of("inspect", Output)).Succeeded();
        JsonElement json = (await CommandRun.Of("inspect", Output, "--json")).Succeeded().Json;

        text.Lines[0].Should().EndWith(Output);
        text.Lines[1].Should().Contain("verifier");
        json.GetProperty("kind").GetString().Should().Be("verifier");
        JsonElement[] features = [.. json.GetProperty("features").EnumerateArray()];
        features.Should().HaveCount(FeatureSet.Count);
        features.Select(feature => -Math.Abs(feature.GetProperty("weight").GetDouble())).Should().BeInAscendingOrder();
        text.Lines[4].Should().Contain(features[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Model_that_is_there_is_never_overwritten()
    {
        (await TrainAsync()).Succeeded();

        CommandRun again = await TrainAsync();

        again.ExitCode.Should().Be(1);
        again.Error.Should().Contain("holds a model already");
    }

    [Fact]
    public async Task Token_ids_need_a_transformer()
    {
        (await TrainAsync()).Succeeded();

        CommandRun run = await CommandRun.OfInput("""{"ids":[1]}""", ["score", "--ids", "--model", Output]);

        run.ExitCode.Should().Be(2);
        run.Error.Trim().Should().Be("--ids needs a transformer, but the model is a verifier (--model, --verifier).");
    }

    [Theory]
    [InlineData("--base b", "--base is about transformers and does not go with --verifier.")]
    [InlineData("--shape 1,16,16,2,1,8,300", "--shape is about transformers and does not go with --verifier.")]
    [InlineData("--max-steps 3", "--max-steps is about transformers and does not go with --verifier.")]
    [InlineData("--template compact", "--template is about transformers and does not go with --verifier.")]
    [InlineData("--element-type bf16", "--element-type is about transformers and does not go with --verifier.")]
    [InlineData("--resume", "--resume is about transformers and does not go with --verifier.")]
    [InlineData("--epochs 0", "--epochs must be at least 1.")]
    [InlineData("--eta -1", "--eta must be a finite number, 0 or more.")]
    [InlineData("--held-out-fraction 1", "--held-out-fraction must be from 0 up to but not including 1.")]
    [InlineData("--held-out-fraction 0.1 --eval x", "--eval and --held-out-fraction exclude each other*")]
    [InlineData("--eval -", "Training reads its files more than once*")]
    public async Task Options_that_do_not_fit_are_wrong_usage(string options, string message)
    {
        CommandRun run = await CommandRun.Of(["train", "--verifier", "x", "--out", Output, .. options.Split(' ')]);

        run.ExitCode.Should().Be(2);
        run.Error.Trim().Should().Match(message);
        Directory.Exists(Output).Should().BeFalse();
    }

    [Fact]
    public async Task Stopped_training_leaves_nothing()
    {
        CommandRun run = await CommandRun.OfInput(
            "", ["train", "--verifier", Pairs(), "--out", Output], new CancellationToken(canceled: true));

        run.ExitCode.Should().Be(130);
        run.Error.Trim().Should().Be("toolrm: stopped");
        Directory.Exists(Output).Should().BeFalse();
    }
}
