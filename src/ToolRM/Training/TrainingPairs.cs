using System.Runtime.InteropServices;
using ToolRM.Models;

namespace ToolRM.Training;

/// <summary>
/// The usable pairs of a data set, and which of them share prompt and chosen candidate: those become one tree, so that
/// what they share is computed once.
/// </summary>
internal sealed class TrainingPairs
{
    private readonly TokenizedPair[] _pairs;
    private readonly int[] _groupOf;

    private TrainingPairs(TokenizedPair[] pairs, PairCounts counts)
    {
        _pairs = pairs;
        _groupOf = new int[pairs.Length];
        Counts = counts;
        var known = new Dictionary<TokenizedPair, int>(SharedPartComparer.Instance);
        var groups = new List<List<int>>();
        for (int i = 0; i < pairs.Length; i++)
        {
            if (!known.TryGetValue(pairs[i], out int group))
            {
                group = groups.Count;
                known.Add(pairs[i], group);
                groups.Add([]);
            }

            groups[group].Add(i);
            _groupOf[i] = group;
        }

        Groups = [.. groups.Select(group => group.ToArray())];
    }

    /// <summary>Number of usable pairs.</summary>
    public int Count => _pairs.Length;

    /// <summary>What was read and what was left out.</summary>
    public PairCounts Counts { get; }

    /// <summary>Indices of the pairs that share prompt and chosen candidate, groups in the order of their first pair.</summary>
    public IReadOnlyList<int[]> Groups { get; }

    public TokenizedPair this[int index] => _pairs[index];

    /// <summary>Whether two pairs have the same prompt and the same chosen candidate.</summary>
    public bool Share(int first, int second) => _groupOf[first] == _groupOf[second];

    /// <summary>A number that differs, almost surely, when any token, margin or the order of the pairs does.</summary>
    public ulong Fingerprint()
    {
        ulong hash = (ulong)_pairs.Length;
        void Add(ulong value) => hash = SplitMix64.Mix(hash * 31 + value);

        foreach (TokenizedPair pair in _pairs)
        {
            Add(BitConverter.DoubleToUInt64Bits(pair.Margin));
            Add((ulong)pair.Draw);
            foreach (int[] part in (ReadOnlySpan<int[]>)[pair.Prompt, pair.Chosen, pair.Rejected])
            {
                Add((ulong)part.Length);
                foreach (int token in part)
                {
                    Add((ulong)token);
                }
            }
        }

        return hash;
    }

    /// <summary>Takes pairs one by one; leaves out, and counts, those that are too long or have nothing to learn from.</summary>
    internal sealed class Builder(int maxLength)
    {
        private readonly List<TokenizedPair> _used = [];
        private int _read, _overLength, _identical;

        /// <exception cref="ToolRMException">The pair has no prompt tokens or no candidate tokens, or its margin is not finite.</exception>
        public void Add(TokenizedPair pair)
        {
            if (pair.Prompt.Length == 0 || pair.Chosen.Length == 0 || pair.Rejected.Length == 0 || !double.IsFinite(pair.Margin))
            {
                throw new ToolRMException($"Pair '{pair.Id}' needs at least one token in its prompt and in both candidates, and a finite margin.");
            }

            _read++;
            if (pair.Length > maxLength)
            {
                _overLength++;
            }
            else if (pair.IsIdentical)
            {
                _identical++;
            }
            else
            {
                _used.Add(pair);
            }
        }

        public TrainingPairs Build() => new([.. _used], new PairCounts(_read, _overLength, _identical));
    }

    private sealed class SharedPartComparer : IEqualityComparer<TokenizedPair>
    {
        public static readonly SharedPartComparer Instance = new();

        public bool Equals(TokenizedPair? x, TokenizedPair? y) =>
            x is not null && y is not null && x.Draw == y.Draw && x.Prompt.AsSpan().SequenceEqual(y.Prompt) && x.Chosen.AsSpan().SequenceEqual(y.Chosen);

        public int GetHashCode(TokenizedPair pair)
        {
            var hash = new HashCode();
            hash.Add(pair.Draw);
            hash.AddBytes(MemoryMarshal.AsBytes(pair.Prompt.AsSpan()));
            hash.AddBytes(MemoryMarshal.AsBytes(pair.Chosen.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
