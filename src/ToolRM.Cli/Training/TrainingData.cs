using ToolRM.Cli.Input;
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
    /// <summary>The files being read.</summary>
    public InputFiles? Current { get; private set; }

    /// <summary>The pairs to learn from.</summary>
    public IAsyncEnumerable<PreferencePair> Training(CancellationToken cancellationToken)
    {
        IAsyncEnumerable<PreferencePair> pairs = Read(files, cancellationToken);
        return split is null ? pairs : pairs.Where(pair => !split.IsHeldOut(pair.Prompt));
    }

    /// <summary>The pairs to measure on; <see langword="null"/> if none are to be.</summary>
    public IAsyncEnumerable<PreferencePair>? HeldOut(CancellationToken cancellationToken) => (heldOutFiles, split) switch
    {
        ({ Count: > 0 }, _) => Read(heldOutFiles, cancellationToken),
        (_, not null) => Read(files, cancellationToken).Where(pair => split.IsHeldOut(pair.Prompt)),
        _ => null,
    };

    private async IAsyncEnumerable<PreferencePair> Read(
        IReadOnlyList<string> paths, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Current = new InputFiles(paths, terminal);
        await foreach (PreferencePair pair in Current.ReadAsync(PreferenceLayout.Read, skipBadRows, cancellationToken).ConfigureAwait(false))
        {
            yield return pair;
        }
    }
}
