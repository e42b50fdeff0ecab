using ToolRM.Cli;
using ToolRM.Tests.Golden;

namespace ToolRM.Tests.Cli;

public class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("evaluate")]
    [InlineData("--bogus")]
    [InlineData("eval")]
    [InlineData("score --bogus")]
    [InlineData("inspect a b")]
    [InlineData("bench x")]
    [InlineData("bench --bogus")]
    [InlineData("bench --batch 0")]
    [InlineData("score --threads 0")]
    [InlineData("score --threads many")]
    [InlineData("score --token-budget 0")]
    [InlineData("score --max-length -3")]
    [InlineData("score --kernel sse2")]
    [InlineData("score --template chatml")]
    [InlineData("score --over-length skip")]
    [InlineData("train x")]
    [InlineData("train x --out o")]
    [InlineData("train x --out o --base b --shape 1,16,16,2,1,8,300")]
    [InlineData("train x --out o --base b --context 100")]
    [InlineData("train - --out o --base b")]
    [InlineData("train x --out o --base b --held-out-fraction 1")]
    [InlineData("train x --out o --base b --held-out-fraction 0.1 --eval y")]
    [InlineData("train x --out o --base b --element-type f8")]
    [InlineData("train x --out o --shape 1,16,16,2,1,8")]
    [InlineData("train x --out o --shape 1,16,16,2,1,eight,300")]
    [InlineData("train x --out o --shape 1,16,16,3,2,8,300")]
    [InlineData("train x --out o --shape 1,16,16,2,1,8,200")]
    [InlineData("train x --out o --shape 1,16,16,2,1,8,300 --max-length 5000")]
    public async Task Wrong_usage_exits_with_2_and_writes_nothing_to_standard_output(string arguments)
    {
        CommandRun run = await CommandRun.Of(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("--epochs 0", "--epochs must be at least 1.")]
    [InlineData("--warmup 2", "--warmup must be from 0 to 1.")]
    [InlineData("--eta -1", "--eta must be a finite number, 0 or more.")]
    [InlineData("--label-smoothing 0.5", "--label-smoothing must be from 0 up to but not including 0.5.")]
    [InlineData("--eval-every 0", "--eval-every must be at least 1.")]
    public async Task Training_options_keep_the_librarys_rules_under_their_own_names(string options, string message)
    {
        CommandRun run = await CommandRun.Of(["train", "x", "--out", "o", "--base", "b", .. options.Split(' ')]);

        run.ExitCode.Should().Be(2);
        run.Error.Trim().Should().Be(message);
    }

    [Theory]
    [InlineData("--help", "toolrm [command]")]
    [InlineData("train --help", "toolrm train <FILE>...")]
    [InlineData("eval -h", "--skip-bad-rows")]
    [InlineData("bench --help", "every combination is a row")]
    public async Task Help_exits_with_0(string arguments, string expected)
    {
        CommandRun run = await CommandRun.Of(arguments.Split(' '));

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain(expected);
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task Failure_exits_with_1_and_one_line()
    {
        CommandRun run = await CommandRun.Of("eval", "no-such-file.jsonl", "--model", GoldenFolder.Of("llama"), "--json");

        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Error.Should().Be("toolrm: no-such-file.jsonl: there is no such file" + Environment.NewLine);
    }

    [Fact]
    public async Task Verbose_failure_tells_where()
    {
        CommandRun run = await CommandRun.Of("inspect", "no-such-folder", "--verbose");

        run.ExitCode.Should().Be(1);
        run.Error.Should().StartWith("toolrm: no-such-folder: there is no such folder").And.Contain("   at ToolRM.Checkpoints.");
    }

    [Fact]
    public async Task Cancelled_command_exits_with_130()
    {
        CommandRun run = await CommandRun.OfInput(
            """{"ids":[1]}""", ["score", "--ids", "--model", GoldenFolder.Of("llama")], new CancellationToken(canceled: true));

        run.ExitCode.Should().Be(130);
        run.Error.Trim().Should().Be("toolrm: stopped");
    }

    [Fact]
    public async Task Closed_output_ends_the_command_quietly()
    {
        using var error = new StringWriter();
        var terminal = new Terminal(new MemoryStream("""{"ids":[1]}"""u8.ToArray()), new FailingStream(brokenPipe: true), error);

        int code = await CommandLine.RunAsync(["score", "--ids", "--json", "--model", GoldenFolder.Of("llama")], terminal);

        code.Should().Be(0);
        error.ToString().Should().BeEmpty();
    }

    [Fact]
    public async Task Output_that_cannot_be_written_is_a_failure()
    {
        using var error = new StringWriter();
        var terminal = new Terminal(new MemoryStream("""{"ids":[1]}"""u8.ToArray()), new FailingStream(brokenPipe: false), error);

        int code = await CommandLine.RunAsync(["score", "--ids", "--model", GoldenFolder.Of("llama")], terminal);

        code.Should().Be(1);
        error.ToString().Trim().Should().Be("toolrm: the disk is full");
    }

    private sealed class FailingStream(bool brokenPipe) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => Fail();

        public override void Write(ReadOnlySpan<byte> buffer) => Fail();

        private void Fail() => throw (brokenPipe ? new IOException("broken pipe", 32) : new IOException("the disk is full"));
    }
}
