using System.CommandLine;
using System.Text.Json;
using ToolRM.Cli.Input;
using ToolRM.Cli.Options;
using ToolRM.Cli.Output;
using ToolRM.Data;

namespace ToolRM.Cli.Commands;

/// <summary><c>toolrm score</c>: one answer a line, in the order of the input.</summary>
internal static class ScoreCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "score", "Score candidates: one reward for each line with \"calls\" or \"text\", a list for each line with \"candidates\".");
        Argument<string[]> files = SharedOptions.Files("Requests to score", isOptional: true);
        Option<bool> json = SharedOptions.Json();
        var ids = new Option<bool>("--ids")
        {
            Description = "Read {\"ids\":[…]} lines of token ids instead of requests; needs no tokenizer.",
        };
        var findings = new Option<bool>("--findings")
        {
            Description = "Tell also what the calls do that the tools' schemas do not allow.",
        };
        var explain = new Option<bool>("--explain")
        {
            Description = "Tell also why each reward is what it is, as far as the model's verifier knows.",
        };
        command.Arguments.Add(files);
        command.Options.Add(ids);
        command.Options.Add(findings);
        command.Options.Add(explain);
        command.Options.Add(json);
        var model = new ModelOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = new RewardModelOptions { ValidateCalls = parsed.GetValue(findings), ExplainScores = parsed.GetValue(explain) };
            using LoadedModel loaded = await model.LoadAsync(parsed, terminal, wanted, cancellationToken).ConfigureAwait(false);
            RewardModel? transformer = parsed.GetValue(ids) ? loaded.Transformer("--ids") : null;
            var inputs = new InputFiles(parsed.GetRequiredValue(files), terminal);
            bool isJson = parsed.GetValue(json);
            await (transformer is not null
                ? RowWork.RunAsync(
                    terminal,
                    "Scoring",
                    inputs,
                    row => ReadIds(row, transformer),
                    (rows, stop) => ScoreIdsAsync(transformer, rows, stop),
                    RewardLines.Writer<int[]>(terminal, isJson, isList: _ => false),
                    cancellationToken)
                : RowWork.RunAsync(
                    terminal,
                    "Scoring",
                    inputs,
                    ScoringDataset.Read,
                    (rows, stop) => ScoreAsync(loaded.Model, rows, stop),
                    RewardLines.Writer<ScoringRow>(terminal, isJson, row => row.IsList),
                    cancellationToken)).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static int[] ReadIds(DatasetRow row, RewardModel model) => row.Read("ids", (element, path) =>
    {
        int vocabulary = model.Config.VocabularySize;
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
        {
            throw path.Error("a non-empty array of token ids", element);
        }

        var result = new int[element.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            path.Push(index);
            result[index++] = item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int id) && id >= 0 && id < vocabulary
                ? id
                : throw path.Error(FormattableString.Invariant($"a token id from 0 to {vocabulary - 1}"), item);
            path.Pop();
        }

        return result;
    });

    /// <summary>Scores the candidates of requests.</summary>
    public static Task<IReadOnlyList<IReadOnlyList<RewardScore>>> ScoreAsync(
        IRewardModel model, IReadOnlyList<ScoringRow> rows, CancellationToken cancellationToken) =>
        model.ScoreAsync([.. rows.Select(row => row.Request)], cancellationToken);

    private static async Task<IReadOnlyList<IReadOnlyList<RewardScore>>> ScoreIdsAsync(
        RewardModel model, IReadOnlyList<int[]> rows, CancellationToken cancellationToken)
    {
        IReadOnlyList<double> rewards = await model.ScoreTokensAsync(rows, cancellationToken).ConfigureAwait(false);
        return [.. rewards.Select(reward => (IReadOnlyList<RewardScore>)[new RewardScore(reward)])];
    }
}
