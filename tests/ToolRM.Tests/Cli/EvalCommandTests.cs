using System.Text.Json;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Scoring;

namespace ToolRM.Tests.Cli;

public sealed class EvalCommandTests : IDisposable
{
    private static readonly string[] _fields =
    [
        "pairs", "accuracy", "accuracy_ties_half", "ties", "macro_accuracy", "by_error_type", "confidence_interval", "mean_margin",
        "pairs_per_second", "model",
    ];

    private readonly TinyRewardModel _model = new(maxLength: 64);
    private readonly TemporaryFolder _files = new();

    public void Dispose()
    {
        _model.Dispose();
        _files.Dispose();
    }

    private string Pairs(params string[] more) => _files.Write("pairs.jsonl", string.Join('\n', (string[])
    [
        """{"id":"a","prompt":"Weather?","chosen":"[{\"name\":\"get_weather\",\"arguments\":{}}]","rejected":"No.","error_type":"value"}""",
        """{"id":"b","prompt":"Weather?","chosen":"Same.","rejected":"Same.","error_type":"value"}""",
        """{"id":"c","prompt":"Hello","chosen":"[]","rejected":"Yes?"}""",
        .. more,
    ]));

    [Fact]
    public async Task Json_has_exactly_the_promised_fields_and_rows_agree_with_it()
    {
        string rows = _files.File("rows.jsonl");

        JsonElement report = (await CommandRun.Of("eval", Pairs(), "--model", _model.Folder, "--json", "--out", rows)).Succeeded().Json;

        report.EnumerateObject().Select(property => property.Name).Should().Equal(_fields);
        report.GetProperty("pairs").GetInt32().Should().Be(3);
        report.GetProperty("ties").GetInt32().Should().Be(1);
        report.GetProperty("model").GetString().Should().Be(_model.Folder);
        JsonElement types = report.GetProperty("by_error_type");
        types.EnumerateObject().Select(property => property.Name).Should().Equal("unknown", "value");
        types.GetProperty("value").EnumerateObject().Select(property => property.Name)
            .Should().Equal("pairs", "accuracy", "accuracy_ties_half");
        report.GetProperty("confidence_interval").GetArrayLength().Should().Be(2);

        JsonElement[] lines = [.. (await File.ReadAllLinesAsync(rows)).Select(line => JsonElement.Parse(line))];
        lines.Should().HaveCount(3);
        lines[0].EnumerateObject().Select(property => property.Name).Should().Equal("id", "chosen_reward", "rejected_reward", "error_type");
        lines.Select(line => line.GetProperty("id").GetString()).Should().Equal("a", "b", "c");
        lines.Select(line => line.GetProperty("error_type").GetString()).Should().Equal("value", "value", null);
        double[] margins =
            [.. lines.Select(line => line.GetProperty("chosen_reward").GetDouble() - line.GetProperty("rejected_reward").GetDouble())];
        margins[1].Should().Be(0);
        int correct = margins.Count(margin => margin > 0);
        report.GetProperty("accuracy").GetDouble().Should().BeApproximately(correct / 3.0, 1e-12);
        report.GetProperty("accuracy_ties_half").GetDouble().Should().BeApproximately((correct + 0.5) / 3.0, 1e-12);
        report.GetProperty("mean_margin").GetDouble().Should().BeApproximately(margins.Average(), 1e-12);
    }

    [Fact]
    public async Task Table_for_people_names_every_error_type()
    {
        CommandRun run = (await CommandRun.Of("eval", Pairs(), "--model", _model.Folder)).Succeeded();

        run.Output.Should().ContainAll("| value ", "| unknown ", "| all ", "1 ties", "95 % interval");
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task Pair_that_is_too_long_fails_and_leaves_no_rows()
    {
        string rows = _files.File("rows.jsonl");
        string file = Pairs($$"""{"id":"long","prompt":"{{new string('x', 2000)}}","chosen":"[]","rejected":"Yes?"}""");

        CommandRun run = await CommandRun.Of("eval", file, "--model", _model.Folder, "--json", "--out", rows);

        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Error.Should().StartWith("toolrm: Pair 'long' has ").And.Contain("--over-length skip");
        File.Exists(rows).Should().BeFalse();
    }

    [Fact]
    public async Task Pair_that_is_too_long_is_counted_when_it_is_to_be_skipped()
    {
        string file = Pairs($$"""{"id":"long","prompt":"{{new string('x', 2000)}}","chosen":"[]","rejected":"Yes?"}""");

        CommandRun run = await CommandRun.Of("eval", file, "--model", _model.Folder, "--json", "--over-length", "skip");

        JsonElement report = run.Succeeded().Json;

        report.EnumerateObject().Select(property => property.Name).Should().Equal([.. _fields, "over_length"]);
        report.GetProperty("over_length").GetInt32().Should().Be(1);
        report.GetProperty("pairs").GetInt32().Should().Be(3);
    }

    [Fact]
    public async Task Bad_row_is_named_or_skipped_and_counted()
    {
        string file = Pairs("""{"id":"bad","prompt":"Hello","chosen":"[]"}""");

        CommandRun strict = await CommandRun.Of("eval", file, "--model", _model.Folder, "--json");
        CommandRun lenient = (await CommandRun.Of("eval", file, "--model", _model.Folder, "--json", "--skip-bad-rows")).Succeeded();

        strict.ExitCode.Should().Be(1);
        strict.Error.Should().StartWith($"toolrm: {file}:4: column 'rejected'");
        lenient.Json.GetProperty("pairs").GetInt32().Should().Be(3);
        lenient.Json.GetProperty("bad_rows").GetInt32().Should().Be(1);
        lenient.Error.Should().Contain($"warning: Skipped a bad row: {file}:4");
    }

    [Fact]
    public async Task Files_and_standard_input_are_one_dataset()
    {
        CommandRun run = await CommandRun.OfInput(
            """{"id":"d","prompt":"Hello","chosen":"Good day.","rejected":"No."}""",
            ["eval", Pairs(), "-", "--model", _model.Folder, "--json"]);

        run.Succeeded().Json.GetProperty("pairs").GetInt32().Should().Be(4);
    }
}
