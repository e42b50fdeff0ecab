using System.Text.Json;
using ToolRM.Cli;
using ToolRM.Cli.Bench;
using ToolRM.Engines;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Engines;
using ToolRM.Tests.Golden;
using ToolRM.Tests.Scoring;

namespace ToolRM.Tests.Cli;

public class BenchCommandTests
{
    private const string Tiny = "1,8,8,2,1,4,20";

    private static Task<CommandRun> BenchAsync(string arguments) =>
        CommandRun.Of(["bench", "--repetitions", "1", "--min-time", "1", .. arguments.Split(' ')]);

    [Fact]
    public async Task Json_tells_machine_model_and_every_row()
    {
        CommandRun run = await BenchAsync($"--shape {Tiny} --threads 1 --batch 2 --prompt 5 --candidates 3 --candidate-tokens 2 --kernel scalar --json");

        JsonElement result = run.Succeeded().Json;
        Names(result).Should().Equal("machine", "model", "repetitions", "rows");
        Names(result.GetProperty("machine")).Should().Equal(
            "processor", "logical_processors", "system", "architecture", "runtime", "float32_peak");
        result.GetProperty("machine").GetProperty("float32_peak").EnumerateArray().Should().ContainSingle()
            .Which.GetProperty("operations_per_second").GetDouble().Should().BePositive();
        JsonElement model = result.GetProperty("model");
        model.GetProperty("name").GetString().Should().Be("random");
        model.GetProperty("parameters").GetInt64().Should().Be(20 * 8 + 8 + (8 * 16) + 8 + (8 * 8) + 8 + (3 * 64) + 8 + 8);
        model.GetProperty("shape").GetProperty("vocab_size").GetInt32().Should().Be(20);
        JsonElement[] rows = [.. result.GetProperty("rows").EnumerateArray()];
        rows.Select(row => (row.GetProperty("prompt_shared").GetBoolean(), row.GetProperty("tokens").GetInt32()))
            .Should().Equal((false, 2 * 3 * 7), (true, 2 * (5 + (3 * 2))));
        Names(rows[0]).Should().Equal(
            "work", "engine", "kernel", "element_type", "threads", "batch", "prompt_tokens", "candidates", "candidate_tokens",
            "prompt_shared", "tokens", "operations", "tokens_per_second", "candidates_per_second", "peak_fraction", "seconds");
        Names(rows[1]).Except(Names(rows[0])).Should().Equal("sharing_gain");
        JsonElement shared = rows[1];
        double seconds = shared.GetProperty("seconds").EnumerateArray().Should().ContainSingle().Which.GetDouble();
        Median(shared, "tokens_per_second").Should().BeApproximately(22 / seconds, 1e-6 / seconds);
        Median(shared, "candidates_per_second").Should().BeApproximately(6 / seconds, 1e-6 / seconds);
        shared.GetProperty("sharing_gain").GetDouble().Should()
            .BeApproximately(rows[0].GetProperty("seconds")[0].GetDouble() / seconds, 1e-9);
        shared.GetProperty("kernel").GetString().Should().Be("scalar");
        shared.GetProperty("element_type").GetString().Should().Be("float32");
    }

    [Fact]
    public async Task Every_combination_is_a_row()
    {
        CommandRun run = await BenchAsync(
            $"--shape {Tiny} --threads 1,2 --batch 1,2 --prompt 0,3 --candidates 1,2 --candidate-tokens 1 --kernel scalar --json");

        JsonElement[] rows = [.. run.Succeeded().Json.GetProperty("rows").EnumerateArray()];

        // Of 2 x 2 x 2 x 2 combinations the four with a prompt and two candidates are there twice.
        rows.Should().HaveCount(20);
        rows.Select(row => string.Join(' ', ((string[])["threads", "batch", "prompt_tokens", "candidates", "prompt_shared"])
            .Select(name => row.GetProperty(name).ToString()))).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Slow_rows_are_left_out_when_asked_to()
    {
        CommandRun run = await BenchAsync(
            $"--shape {Tiny} --threads 1 --batch 1 --prompt 3 --candidates 1,2 --candidate-tokens 1 --kernel scalar --shared-only --json");

        run.Succeeded().Json.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("prompt_shared").GetBoolean())
            .Should().Equal(false, true);
    }

    [Fact]
    public async Task Training_steps_are_measured_in_pairs()
    {
        CommandRun run = await BenchAsync(
            $"--shape {Tiny} --threads 1 --batch 3 --prompt 4 --candidate-tokens 2 --kernel scalar --train --json");

        JsonElement row = run.Succeeded().Json.GetProperty("rows").EnumerateArray().Should().ContainSingle().Which;
        row.GetProperty("work").GetString().Should().Be("train");
        row.GetProperty("tokens").GetInt32().Should().Be(3 * (4 + (2 * 2)));
        Median(row, "pairs_per_second").Should().BeApproximately(3 / row.GetProperty("seconds")[0].GetDouble(), 1e-3);
        row.TryGetProperty("candidates_per_second", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Table_for_people_has_a_line_for_each_row()
    {
        using var model = new TinyRewardModel();

        CommandRun run = await BenchAsync(
            $"--model {model.Folder} --threads 1 --batch 1 --prompt 6 --candidates 1,2 --candidate-tokens 2 --kernel scalar");

        run.Succeeded().Lines[0].Should().StartWith($"{model.Folder}: ").And.EndWith("shape 3,20,37,4,2,14,320");
        string[] table = [.. run.Lines.Where(line => line.StartsWith('|'))];
        table.Should().HaveCount(2 + 3);
        table[0].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "engine", "kernel", "type", "threads", "batch", "prompt", "candidates", "of tokens", "prompt is", "tokens/s", "±",
            "candidates/s", "of peak", "gain");
        table[3].Should().Contain("repeated");
        table[4].Should().Contain("shared");
    }

    [Fact]
    public async Task Embedded_model_is_measured_by_default()
    {
        CommandRun run = await BenchAsync("--threads 1 --batch 1 --prompt 0 --candidates 1 --candidate-tokens 1 --json");

        run.Succeeded().Json.GetProperty("model").GetProperty("name").GetString().Should().Be("embedded");
    }

    [Theory]
    [InlineData("--batch 0", "--batch must be whole numbers of at least 1, separated by commas; found '0'.")]
    [InlineData("--batch -4", "--batch must be *found '-4'.")]
    [InlineData("--batch 1,,2", "--batch must be *found ''.")]
    [InlineData("--threads 1,many", "--threads must be *found 'many'.")]
    [InlineData("--threads 0", "--threads must be *found '0'.")]
    [InlineData("--prompt -1", "--prompt must be whole numbers of at least 0*")]
    [InlineData("--candidates 0", "--candidates must be *")]
    [InlineData("--candidate-tokens 0", "--candidate-tokens must be *")]
    [InlineData("--candidate-tokens 99999999999", "--candidate-tokens must be *")]
    [InlineData("--repetitions 0", "--repetitions must be at least 1, but is 0.")]
    [InlineData("--min-time 0", "--min-time must be at least 1, but is 0.")]
    [InlineData("--kernel sse2", "--kernel must be names of avx512, avx2, advsimd, scalar, separated by commas; found 'sse2'.")]
    [InlineData("--element-type float32,float8", "--element-type must be names of *found 'float8'.")]
    [InlineData("--shape 1,2,3", "--shape must be *")]
    [InlineData("--shape 1,8,8,2,1,4,20 --model x", "--model and --shape exclude each other*")]
    [InlineData("--train --candidates 2", "--candidates does not go with --train*")]
    [InlineData("--train --shared-only", "--shared-only does not go with --train*")]
    [InlineData("--batch 1000000", "A row has more than 16777216 tokens*")]
    [InlineData("--prompt 5000", "--prompt and --candidate-tokens together must be at most 4096*")]
    public async Task Wrong_usage_says_what_is_wrong(string arguments, string message)
    {
        CommandRun run = await CommandRun.Of(["bench", .. arguments.Split(' ')]);

        run.ExitCode.Should().Be(ExitCode.WrongUsage);
        run.Output.Should().BeEmpty();
        run.Error.Trim().Split(Environment.NewLine)[0].Should().Match(message);
    }

    [Fact]
    public async Task Models_that_cannot_be_measured_are_named()
    {
        using var empty = new TemporaryFolder();

        CommandRun missing = await BenchAsync("--model no-such-folder");
        CommandRun none = await BenchAsync($"--model {empty.Path}");
        CommandRun large = await BenchAsync("--shape 1000,30000,60000,100,100,128,20000 --threads 1");

        missing.ExitCode.Should().Be(ExitCode.Failed);
        missing.Error.Trim().Should().Be("toolrm: no-such-folder: there is no such folder");
        none.Error.Should().Contain("is no model folder");
        large.ExitCode.Should().Be(ExitCode.Failed);
        large.Error.Should().StartWith("toolrm: No room: 1 engines").And.Contain("GB");
    }

    [Fact]
    public async Task Verifier_alone_is_wrong_usage()
    {
        using var folder = new TemporaryFolder();
        folder.Write("verifier.json", "{}");

        CommandRun run = await BenchAsync($"--model {folder.Path}");

        run.ExitCode.Should().Be(ExitCode.WrongUsage);
        run.Error.Should().Contain("measures transformers");
    }

    [Fact]
    public async Task Stopped_benchmark_prints_nothing_half()
    {
        CommandRun run = await CommandRun.OfInput(
            "", ["bench", "--model", GoldenFolder.Of("llama"), "--prompt", "3", "--candidate-tokens", "2"], new CancellationToken(canceled: true));

        run.ExitCode.Should().Be(ExitCode.Stopped);
        run.Output.Should().BeEmpty();
        run.Error.Trim().Should().Be("toolrm: stopped");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forests_hold_what_the_case_says_within_the_budget(bool repeatsPrompt)
    {
        var shape = new BenchCase(new EngineChoice(null, ElementType.Float32, 1), Batch: 5, PromptTokens: 7, Candidates: 3, CandidateTokens: 2)
        {
            RepeatsPrompt = repeatsPrompt,
        };

        IReadOnlyList<TokenForest> forests = BenchForests.Create(shape, TinyModels.Config("qwen3"), tokenBudget: 30);

        forests.Sum(forest => (long)forest.Tokens.Length).Should().Be(shape.Tokens);
        forests.Sum(forest => forest.Leaves.Length).Should().Be(15);
        forests.Should().HaveCountGreaterThan(1);
        forests.Max(forest => forest.Tokens.Length).Should().BeLessThanOrEqualTo(30);
        forests.SelectMany(forest => forest.Tokens.ToArray()).Should().NotContain(TinyModels.Config("qwen3").PadTokenId!.Value);
        forests.Sum(forest => forest.Segments.ToArray().Count(segment => segment.Parent < 0)).Should().Be(repeatsPrompt ? 15 : 5);
    }

    [Fact]
    public void Tree_above_the_budget_stays_whole()
    {
        var shape = new BenchCase(new EngineChoice(null, ElementType.Float32, 1), Batch: 2, PromptTokens: 7, Candidates: 3, CandidateTokens: 2);

        BenchForests.Create(shape, TinyModels.Config("llama"), tokenBudget: 1).Select(forest => forest.Leaves.Length).Should().Equal(3, 3);
    }

    [Fact]
    public void Spread_has_the_median_and_the_larger_deviation()
    {
        Spread odd = Spread.OfRates([0.5, 0.2, 0.25], amount: 10), even = Spread.Of([1, 2, 4, 9]);

        odd.Should().Be(new Spread(Median: 40, Least: 20, Most: 50));
        odd.Deviation.Should().Be(0.5);
        even.Median.Should().Be(3);
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private static double Median(JsonElement row, string rate) => row.GetProperty(rate).GetProperty("median").GetDouble();
}
