using ToolRM.Cli.Output;
using ToolRM.Engines.Cpu;

namespace ToolRM.Cli.Bench;

/// <summary>How cases are measured.</summary>
/// <param name="Repetitions">Measurements of each.</param>
/// <param name="Least">Least time of a measurement: shorter calls are repeated.</param>
internal readonly record struct BenchTiming(int Repetitions, TimeSpan Least);

/// <summary>Measures cases by turns, so that a noisy minute of the machine hits all of them alike.</summary>
internal static class BenchRunner
{
    private static readonly TimeSpan _probe = TimeSpan.FromMilliseconds(60);

    /// <summary>Runs every case once to warm up, and then each once in every repetition.</summary>
    /// <exception cref="ToolRMException">A case cannot run here.</exception>
    public static IReadOnlyList<BenchRow> Run(
        BenchModel model,
        IReadOnlyList<BenchCase> cases,
        BenchTiming timing,
        IProgress<WorkStatus> status,
        CancellationToken cancellationToken)
    {
        EngineChoice[] choices = [.. cases.Select(shape => shape.Engine).Distinct()];
        using BenchEngines engines = BenchEngines.Create(model, choices, cases[0].IsTraining, cancellationToken);
        Turn[] turns = [.. cases.Select(shape => new Turn(new BenchWork(shape, engines[shape.Engine]), timing.Least.TotalSeconds))];
        Dictionary<int, double> peaks = choices
            .Where(choice => BenchEngines.IsProcessor(engines[choice].Plan))
            .Select(choice => choice.Threads)
            .Distinct()
            .ToDictionary(threads => threads, _ => 0.0);
        for (int round = 0; round <= timing.Repetitions; round++)
        {
            for (int i = 0; i < turns.Length; i++)
            {
                status.Report(new WorkStatus(
                    (double)((round * turns.Length) + i) / ((timing.Repetitions + 1) * turns.Length),
                    round == 0
                        ? FormattableString.Invariant($"warming up, row {i + 1} of {turns.Length}")
                        : FormattableString.Invariant($"repetition {round} of {timing.Repetitions}, row {i + 1} of {turns.Length}")));
                turns[i].Take(isWarmUp: round == 0, cancellationToken);
            }

            foreach (int threads in peaks.Keys)
            {
                peaks[threads] = Math.Max(peaks[threads], FmaPeak.Measure(Math.Min(threads, Environment.ProcessorCount), _probe));
            }
        }

        return [.. turns.Select(turn => turn.ToRow(
            BenchEngines.IsProcessor(turn.Work.Plan) ? peaks[turn.Work.Case.Engine.Threads] : null, turns))];
    }

    /// <summary>A case and its measurements so far.</summary>
    private sealed class Turn(BenchWork work, double least)
    {
        private readonly List<double> _seconds = [];
        private int _calls = 1;

        public BenchWork Work => work;

        public void Take(bool isWarmUp, CancellationToken cancellationToken)
        {
            if (!isWarmUp)
            {
                _seconds.Add(work.Time(_calls, cancellationToken));
                return;
            }

            // Calls grow faster as their code is compiled and their buffers reach their size: only the last tells how many fill a turn.
            double spent = 0, last;
            do
            {
                last = work.Time(calls: 1, cancellationToken);
                spent += last;
            }
            while (spent < 2 * least);

            _calls = (int)Math.Ceiling(least / last);
        }

        public BenchRow ToRow(double? peak, IEnumerable<Turn> all)
        {
            Turn? repeating = work.Case is { HasCommonPrompt: true, RepeatsPrompt: false }
                ? all.FirstOrDefault(other => other.Work.Case == work.Case with { RepeatsPrompt = true })
                : null;
            return new BenchRow(work.Case, work.Plan, work.Operations, peak, _seconds)
            {
                Gain = repeating is null ? null : Spread.Of(_seconds.Zip(repeating._seconds, (own, other) => other / own)).Median,
            };
        }
    }
}
