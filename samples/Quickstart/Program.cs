using System.Diagnostics;
using Quickstart;
using ToolRM;

// How long the throughput is measured at the end.
TimeSpan measuring = TimeSpan.FromSeconds(1);

var report = new Report();
var clock = Stopwatch.StartNew();
using RewardModel model = RewardModel.LoadEmbedded(new RewardModelOptions { ExplainScores = true });
TimeSpan loading = clock.Elapsed;

int rightFirst = 0;
foreach (Example example in Examples.All)
{
    IReadOnlyList<RankedCandidate> ranking = await model.RankAsync(example.Prompt, example.Answers);
    report.Ranking(example, ranking);
    rightFirst += example.Candidates[ranking[0].Index].IsRight ? 1 : 0;
}

// Now all requests as one batch, again and again, without explanations: the prompts are computed once for all their candidates.
RewardRequest[] requests = [.. Examples.All.Select(example => new RewardRequest(example.Prompt, example.Answers))];
int candidates = requests.Sum(request => request.Candidates.Count), scored = 0;
using RewardModel plain = RewardModel.LoadEmbedded();
await plain.ScoreAsync(requests);
clock.Restart();
while (clock.Elapsed < measuring)
{
    await plain.ScoreAsync(requests);
    scored += candidates;
}

double perSecond = scored / clock.Elapsed.TotalSeconds;
report.Line($"");
report.Line($"The right candidate came first in {rightFirst} of {Examples.All.Count} requests.");
report.Line($"Loaded in {loading.TotalMilliseconds:F0} ms.");
report.Line($"{perSecond:F0} candidates/s, {requests.Length} requests at a time, on {Environment.ProcessorCount} processors.");
