using System.CommandLine;
using ToolRM.Checkpoints;
using ToolRM.Cli.Input;
using ToolRM.Cli.Options;
using ToolRM.Cli.Output;
using ToolRM.Data;
using ToolRM.Evaluation;

namespace ToolRM.Cli.Commands;

/// <summary><c>toolrm eval</c>: how often the model prefers the right candidate.</summary>
internal static class EvalCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("eval", "Measure how often a model prefers the right candidate of a pair.");
        Argument<string[]> files = SharedOptions.Files("Preference pairs");
        Option<bool> json = SharedOptions.Json();
        Option<bool> skipBadRows = SharedOptions.SkipBadRows();
        var rows = new Option<string?>("--out")
        {
            Description = "Write the rewards of each pair to this file, as JSON Lines.",
            HelpName = "file",
        };
        command.Arguments.Add(files);
        command.Options.Add(json);
        command.Options.Add(rows);
        command.Options.Add(skipBadRows);
        var model = new ModelOptions(command, canSkip: true);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var inputs = new InputFiles(parsed.GetRequiredValue(files), terminal);
            bool skipsRows = parsed.GetValue(skipBadRows), skipsOverLength = model.SkipsOverLength(parsed);
            using LoadedModel loaded = await model.LoadAsync(parsed, terminal, new RewardModelOptions(), cancellationToken).ConfigureAwait(false);
            var evaluator = new PairwiseEvaluator(
                loaded.Model, new PairwiseEvaluationOptions { OverLength = skipsOverLength ? OverLengthPairs.Skip : OverLengthPairs.Reject });
            IAsyncEnumerable<PreferencePair> pairs = inputs.ReadAsync(PreferenceLayout.Read, skipsRows, cancellationToken);
            EvaluationReport report = await EvaluateAsync(
                evaluator, pairs, status => new EvaluationStatus(inputs, status), terminal, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(rows) is { } path)
            {
                AtomicFile.Write(path, stream => EvaluationJson.WriteRows(report, stream));
            }

            var leftOut = new LeftOut(skipsOverLength ? report.OverLength : null, skipsRows ? inputs.SkippedRows : null);
            if (parsed.GetValue(json))
            {
                EvaluationJson.Write(report, leftOut, terminal.Output);
            }
            else
            {
                terminal.Show(console => EvaluationTable.Write(report, leftOut, console));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<EvaluationReport> EvaluateAsync(
        PairwiseEvaluator evaluator,
        IAsyncEnumerable<PreferencePair> pairs,
        Func<IProgress<WorkStatus>, IProgress<EvaluationProgress>> progress,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        try
        {
            return await LongWork.RunAsync(
                    terminal, "Evaluating", status => evaluator.EvaluateAsync(pairs, progress(status), cancellationToken))
                .ConfigureAwait(false);
        }
        catch (ToolRMException error) when (error.InnerException is OverLengthException)
        {
            throw new ToolRMException($"{error.Message} (--max-length, --over-length skip, --over-length drop-oldest-messages)", error);
        }
    }

    private sealed class EvaluationStatus(InputFiles inputs, IProgress<WorkStatus> status) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => status.Report(new WorkStatus(
            inputs.Fraction,
            FormattableString.Invariant($"{value.Pairs} pairs, accuracy {(double)value.Correct / Math.Max(value.Pairs, 1):F3}")));
    }
}
