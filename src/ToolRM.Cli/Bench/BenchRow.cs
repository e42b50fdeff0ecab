using ToolRM.Engines;

namespace ToolRM.Cli.Bench;

/// <summary>A case with what was measured.</summary>
/// <param name="Case">What was computed.</param>
/// <param name="Plan">What computed it.</param>
/// <param name="Operations">Floating-point operations that one call needs at least.</param>
/// <param name="Peak">Operations per second that the machine does at most on as many threads.</param>
/// <param name="Seconds">Time of a call, for each repetition.</param>
internal sealed record BenchRow(BenchCase Case, KernelPlan Plan, double Operations, double Peak, IReadOnlyList<double> Seconds)
{
    /// <summary>How much faster than with the prompt computed for each candidate; <see langword="null"/> if that was not measured.</summary>
    public double? Gain { get; init; }

    public Spread TokensPerSecond => Spread.OfRates(Seconds, Case.Tokens);

    /// <summary>Candidates scored, or candidates of pairs learned from.</summary>
    public Spread CandidatesPerSecond => Spread.OfRates(Seconds, (double)Case.Batch * Case.Candidates);

    /// <summary>Pairs learned from.</summary>
    public Spread PairsPerSecond => Spread.OfRates(Seconds, Case.Batch);

    public double OperationsPerSecond => Spread.OfRates(Seconds, Operations).Median;

    /// <summary>Of the machine's float32 multiply-adds; other arithmetic may exceed 1.</summary>
    public double PeakFraction => OperationsPerSecond / Peak;
}
