using System.CommandLine;
using ToolRM.Cli.Input;
using ToolRM.Cli.Options;
using ToolRM.Cli.Output;
using ToolRM.Data;

namespace ToolRM.Cli.Commands;

/// <summary><c>toolrm rank</c>: the candidates of each line, the best first.</summary>
internal static class RankCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("rank", "Order the \"candidates\" of each line, the best first.");
        Argument<string[]> files = SharedOptions.Files("Requests with candidates", isOptional: true);
        Option<bool> json = SharedOptions.Json();
        command.Arguments.Add(files);
        command.Options.Add(json);
        var model = new ModelOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using LoadedModel loaded = await model.LoadAsync(parsed, terminal, new RewardModelOptions(), cancellationToken).ConfigureAwait(false);
            await RowWork.RunAsync(
                terminal,
                "Scoring",
                new InputFiles(parsed.GetRequiredValue(files), terminal),
                ReadList,
                (rows, stop) => ScoreCommand.ScoreAsync(loaded.Model, rows, stop),
                Rankings.Writer(terminal, parsed.GetValue(json)),
                cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static ScoringRow ReadList(DatasetRow row) =>
        row.Has("candidates")
            ? ScoringDataset.Read(row)
            : throw row.Error(null, $"expected 'candidates' to rank, found only {row.Columns}");
}
