using System.Diagnostics;
using System.Globalization;
using ToolRM.Data;

namespace ToolRM.Evaluation;

/// <summary>One pass over the pairs: scores batches and collects their rewards.</summary>
internal sealed class EvaluationRun(IRewardModel model, OverLengthPairs policy)
{
    private readonly List<PairEvaluation> _rows = [];
    private int _correct;

    /// <summary>The pairs scored so far.</summary>
    public IReadOnlyList<PairEvaluation> Rows => _rows;

    /// <summary>Pairs left out because they are too long.</summary>
    public int OverLength { get; private set; }

    /// <summary>Time the model was at work.</summary>
    public double Seconds { get; private set; }

    public EvaluationProgress Progress => new(_rows.Count, _correct, OverLength);

    /// <exception cref="ToolRMException">A pair is too long, or the model breaks its contract.</exception>
    public async Task ScoreAsync(PreferencePair[] batch, CancellationToken cancellationToken)
    {
        RewardRequest[] requests = [.. batch.Select(pair => new RewardRequest(pair.Prompt, [pair.Chosen, pair.Rejected]))];
        long started = Stopwatch.GetTimestamp();
        try
        {
            IReadOnlyList<IReadOnlyList<RewardScore>> scores = await model.ScoreAsync(requests, cancellationToken).ConfigureAwait(false);
            Seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
            CheckCount("lists of scores", scores.Count, "pairs", batch.Length);
            for (int i = 0; i < batch.Length; i++)
            {
                Add(batch[i], scores[i]);
            }
        }
        catch (OverLengthException error) when (policy == OverLengthPairs.Reject)
        {
            throw TooLong(batch[Math.Min(error.Request, batch.Length - 1)], error);
        }
        catch (OverLengthException) when (batch.Length == 1)
        {
            OverLength++;
        }
        catch (OverLengthException)
        {
            // One at a time finds the pairs that are too long also behind models that number a batch's requests in their own way.
            foreach (PreferencePair pair in batch)
            {
                await ScoreAsync([pair], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Add(PreferencePair pair, IReadOnlyList<RewardScore> scores)
    {
        CheckCount("scores", scores.Count, "candidates", 2);
        var row = new PairEvaluation(pair.Id, scores[0].Reward, scores[1].Reward, pair.ErrorType);
        if (!double.IsFinite(row.ChosenReward) || !double.IsFinite(row.RejectedReward))
        {
            throw new ToolRMException(string.Create(
                CultureInfo.InvariantCulture,
                $"The model gave pair '{pair.Id}' the rewards {row.ChosenReward} and {row.RejectedReward}; expected finite numbers. "
                + $"Its weights may be damaged."));
        }

        _rows.Add(row);
        _correct += row.IsCorrect ? 1 : 0;
    }

    private static void CheckCount(string what, int found, string of, int expected)
    {
        if (found != expected)
        {
            throw new ToolRMException(string.Create(
                CultureInfo.InvariantCulture,
                $"The model gave {found} {what} for {expected} {of}; expected one for each (see IRewardModel.ScoreAsync)."));
        }
    }

    private static ToolRMException TooLong(PreferencePair pair, OverLengthException error) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Pair '{pair.Id}' has {error.Tokens} tokens with its {(error.Candidate == 0 ? "chosen" : "rejected")} candidate, "
            + $"more than the model's maximum of {error.MaxLength}. Raise the maximum length if the model allows it, or ask for over-long pairs to be "
            + $"skipped and counted, or for their oldest messages to be dropped."),
        error);
}
