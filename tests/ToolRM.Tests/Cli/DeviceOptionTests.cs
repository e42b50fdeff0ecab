using ToolRM.Engines;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Scoring;

namespace ToolRM.Tests.Cli;

public sealed class DeviceOptionTests
{
    private const string Row = """{"prompt":[{"role":"user","content":"hi"}],"tools":[],"chosen":[],"rejected":[]}""";

    [Theory]
    [InlineData("score")]
    [InlineData("rank")]
    [InlineData("eval x")]
    [InlineData("inspect")]
    [InlineData("bench")]
    [InlineData("train x --out o --base b")]
    public async Task A_name_that_no_device_has_is_wrong_usage(string arguments)
    {
        CommandRun run = await CommandRun.Of([.. arguments.Split(' '), "--device", "gpu"]);
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("cuda:N").And.Contain("found 'gpu'");
    }

    [Theory]
    [InlineData("score --model MODEL")]
    [InlineData("rank")]
    [InlineData("eval FILE --model MODEL")]
    [InlineData("inspect MODEL")]
    [InlineData("bench --model MODEL")]
    [InlineData("train FILE --out OUT --base MODEL")]
    [InlineData("train FILE --out OUT --shape 1,16,16,2,1,8,300")]
    public async Task A_device_that_is_not_there_is_one_line_that_says_what_to_do(string arguments)
    {
        using var model = new TinyRewardModel();
        using var folder = new TemporaryFolder();
        string file = folder.Write("pairs.jsonl", Row + "\n"), output = folder.File("out");
        CommandRun run = await CommandRun.Of(
        [
            .. arguments.Split(' ').Select(word => word switch { "MODEL" => model.Folder, "FILE" => file, "OUT" => output, _ => word }),
            "--device", "cuda:99",
        ]);
        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        string line = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle().Which;
        line.Should().StartWith("toolrm: The device 'cuda:99' was asked for, but ");
        if (EngineProvider.TorchSharp is null && !OperatingSystem.IsMacOS())
        {
            line.Should().Contain("dotnet add package ToolRM.TorchSharp").And.Contain("dotnet add package TorchSharp-cuda-")
                .And.Contain("-p:TorchSharp=true");
        }

        Directory.Exists(output).Should().BeFalse("nothing is written before the device is known");
    }

    [Fact]
    public async Task The_processor_can_be_asked_for()
    {
        using var model = new TinyRewardModel();
        string input = """{"messages":[{"role":"user","content":"hi"}],"tools":[],"text":"hello"}""";
        CommandRun expected = await CommandRun.OfInput(input, ["score", "--model", model.Folder, "--kernel", "scalar"]);
        CommandRun run = await CommandRun.OfInput(input, ["score", "--model", model.Folder, "--kernel", "scalar", "--device", "cpu"]);
        run.Succeeded().Output.Should().Be(expected.Succeeded().Output);
        (await CommandRun.Of("inspect", model.Folder, "--device", "cpu", "--json")).Succeeded().Json
            .GetProperty("kernel_plan").GetProperty("device").GetString().Should().Be("cpu");
    }
}
