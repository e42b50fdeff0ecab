using System.Runtime.CompilerServices;
using ToolRM.Cli.Input;
using ToolRM.Cli.Output;
using ToolRM.Data;

namespace ToolRM.Cli.Training;

/// <summary>The pairs of a training run; each enumeration reads the files again, so that none is kept in memory.</summary>
/// <param name="files">Files to train on.</param>
/// <param name="heldOutFiles">Files to measure on; may be empty.</param>
/// <param name="split">Which conversations of <paramref name="files"/> are held out; <see langword="null"/> for none.</param>
/// <param name="skipBadRows">Whether rows that cannot be read are skipped and counted.</param>
/// <param name="terminal">Where warnings go.</param>
internal sealed class TrainingData(
    IReadOnlyList<string> files, IReadOnlyList<string> heldOutFiles, ConversationSplit? split, bool skipBadRows, Terminal terminal)
{
    private const int RowsPerReport = 512;

    // The first pass over each list of files tells of its bad rows and counts them; the later ones meet the same.
    private readonly Dictionary<IReadOnlyList<string>, InputFiles> _firstPasses = new(ReferenceEqualityComparer.Instance);

    /// <summary>How much of the files being read has been read.</summary>
    public double? Fraction { get; private set; }

    /// <summary>Bad rows skipped; <see langword="null"/> if none were to be.</summary>
    public long? BadRows => skipBadRows ? _firstPasses.Values.Sum(pass => pass.SkippedRows) : null;

    /// <summary>The pairs to learn from.</summary>
    public IAsyncEnumerable<PreferencePair> Training(IProgress<WorkStatus>? status, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<PreferencePair> pairs = Read(files, status, cancellationToken);
        return split is null ? pairs : pairs.Where(pair => !split.IsHeldOut(pair.Prompt));
    }

    /// <summary>The pairs to measure on; <see langword="null"/> if none are to be.</summary>
    public IAsyncEnumerable<PreferencePair>? HeldOut(IProgress<WorkStatus>? status, CancellationToken cancellationToken)
    {
        if (heldOutFiles.Count > 0)
        {
            return Read(heldOutFiles, status, cancellationToken);
        }

        return split is null ? null : Read(files, status, cancellationToken).Where(pair => split.IsHeldOut(pair.Prompt));
    }

    private async IAsyncEnumerable<PreferencePair> Read(
        IReadOnlyList<string> paths, IProgress<WorkStatus>? status, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var inputs = new InputFiles(paths, terminal) { IsQuiet = _firstPasses.ContainsKey(paths) };
        _firstPasses.TryAdd(paths, inputs);
        long count = 0;
        await foreach (PreferencePair pair in inputs.ReadAsync(PreferenceLayout.Read, skipBadRows, cancellationToken).ConfigureAwait(false))
        {
            Fraction = inputs.Fraction;
            if (++count % RowsPerReport == 0)
            {
                status?.Report(new WorkStatus(Fraction, FormattableString.Invariant($"reading, {count} pairs")));
            }

            yield return pair;
        }
    }
}
