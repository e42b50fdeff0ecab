using ToolRM.Engines;

namespace ToolRM.Scoring;

/// <summary>A prompt's blocks while a forest is computed.</summary>
/// <param name="prompt">The prompt.</param>
/// <param name="known">The kept blocks of its beginning.</param>
/// <param name="fresh">Memory for the blocks after them.</param>
internal sealed class PrefixLease(int[] prompt, List<PrefixCache.Entry> known, List<IPrefixBlock> fresh)
{
    public int[] Prompt { get; } = prompt;

    public List<PrefixCache.Entry> KnownEntries { get; } = known;

    /// <summary>The kept blocks, in order; their tokens need not be computed.</summary>
    public IReadOnlyList<IPrefixBlock> Known { get; } = [.. known.Select(entry => entry.Block)];

    /// <summary>Where the keys and values of the following tokens go.</summary>
    public IReadOnlyList<IPrefixBlock> Fresh { get; } = fresh;
}
