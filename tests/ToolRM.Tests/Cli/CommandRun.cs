using System.Text;
using System.Text.Json;
using ToolRM.Cli;

namespace ToolRM.Tests.Cli;

/// <summary>One run of the command in this process: its exit code and what it wrote.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Standard output as the one JSON object it must be.</summary>
    public JsonElement Json => JsonElement.Parse(Output);

    public static Task<CommandRun> Of(params string[] arguments) => OfInput("", arguments);

    public static async Task<CommandRun> OfInput(string input, string[] arguments, CancellationToken cancellationToken = default)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var terminal = new Terminal(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error);
        int exitCode = await CommandLine.RunAsync(arguments, terminal, cancellationToken);
        return new CommandRun(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Fails the test with the command's own words unless it succeeded.</summary>
    public CommandRun Succeeded()
    {
        ExitCode.Should().Be(0, "standard error says: {0}", Error);
        return this;
    }
}
