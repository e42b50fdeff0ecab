using System.Text.Json;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Scoring;

namespace ToolRM.Tests.Cli;

public sealed class MergeCommandTests : IDisposable
{
    private const string Row = """{"prompt":"Weather in Paris?","text":"Sunny."}""";
    private readonly TinyRewardModel _model = new();
    private readonly TemporaryFolder _files = new();

    private string Adapter => new TestAdapter(_model.Config).Write(_files.File("adapter"));

    private string Output => _files.File("merged");

    [Fact]
    public async Task Merged_model_scores_by_itself_and_differently()
    {
        JsonElement result = (await CommandRun.Of("merge", _model.Folder, Adapter, "-o", Output, "--json")).Succeeded().Json;

        result.GetRawText().Should().Be(
            $$"""{"model":{{JsonSerializer.Serialize(Output)}},"matrices":9,"rank":3,"scale":2,"head":true,"element_type":"F32"}""");
        CommandRun before = (await CommandRun.OfInput(Row, ["score", "--model", _model.Folder])).Succeeded();
        CommandRun after = (await CommandRun.OfInput(Row, ["score", "--model", Output])).Succeeded();
        after.Output.Should().NotBe(before.Output);
    }

    [Fact]
    public async Task Without_json_one_line_says_what_was_done()
    {
        CommandRun run = (await CommandRun.Of("merge", _model.Folder, Adapter, "--out", Output, "--element-type", "f32")).Succeeded();
        run.Lines.Should().Equal($"adapters of rank 3 merged into 9 matrices, and their reward head taken: {Output} (F32)");
    }

    [Fact]
    public async Task Model_that_is_there_is_never_overwritten()
    {
        CommandRun run = await CommandRun.Of("merge", _model.Folder, Adapter, "-o", _model.Folder);
        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("holds a model already");
    }

    [Fact]
    public async Task Adapter_in_the_place_of_a_model_says_how_to_merge_it()
    {
        CommandRun run = await CommandRun.OfInput(Row, ["score", "--model", Adapter]);
        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain($"toolrm merge BASE {_files.File("adapter")} --out DIR");
    }

    [Theory]
    [InlineData("merge")]
    [InlineData("merge a b")]
    [InlineData("merge a -o c")]
    [InlineData("merge a b c -o d")]
    [InlineData("merge a b -o c --element-type int8")]
    [InlineData("merge a b -o c --bogus")]
    public async Task Wrong_usage_exits_with_2(string arguments)
    {
        CommandRun run = await CommandRun.Of(arguments.Split(' '));
        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task Help_names_both_folders()
    {
        CommandRun run = await CommandRun.Of("merge", "--help");
        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("toolrm merge <BASE> <ADAPTER>").And.Contain("PEFT");
        (await CommandRun.Of("--help")).Output.Should().Contain("merge <BASE> <ADAPTER>");
    }

    public void Dispose()
    {
        _model.Dispose();
        _files.Dispose();
    }
}
