using System.CommandLine;
using ToolRM.Cli.Bench;
using ToolRM.Cli.Options;
using ToolRM.Cli.Output;

namespace ToolRM.Cli.Commands;

/// <summary><c>toolrm bench</c>: how fast a model scores or learns on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "bench",
            "Measure how fast a model scores or trains here. Numbers and names may be lists, separated by commas: every combination is a row. "
            + "Tokens are those computed: a shared prompt counts once for all its candidates, a repeated one for each.");
        var options = new BenchOptions(command);
        Option<bool> json = SharedOptions.Json();
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<BenchCase> cases = options.Cases(parsed);
            using BenchModel model = options.Open(parsed, cases);
            cases = BenchEngines.Different(model, cases);
            IReadOnlyList<BenchRow> rows = await LongWork.RunAsync(
                terminal,
                "Measuring",
                status => Task.Run(() => BenchRunner.Run(model, cases, options.Timing(parsed), status, cancellationToken), cancellationToken))
                .ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                BenchJson.Write(model, rows, terminal.Output);
            }
            else
            {
                BenchTable.Write(model, rows, terminal);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
