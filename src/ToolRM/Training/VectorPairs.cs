namespace ToolRM.Training;

/// <summary>Pairs as the feature vectors of their candidates, not standardised. Not changed once it is trained on.</summary>
internal sealed class VectorPairs
{
    private readonly List<float[]> _chosen = [], _rejected = [];
    private readonly List<double> _margins = [];

    public VectorPairs()
    {
    }

    /// <summary>Vectors that are there already.</summary>
    /// <param name="chosen">The right candidates' vectors, all of one length.</param>
    /// <param name="rejected">The wrong candidates' vectors, one for each right one.</param>
    /// <exception cref="ArgumentException">Not one for each, or of different lengths.</exception>
    public VectorPairs(IReadOnlyList<float[]> chosen, IReadOnlyList<float[]> rejected)
    {
        if (chosen.Count != rejected.Count)
        {
            throw new ArgumentException($"There are {chosen.Count} chosen vectors and {rejected.Count} rejected ones.", nameof(rejected));
        }

        for (int i = 0; i < chosen.Count; i++)
        {
            Add(chosen[i], rejected[i]);
        }
    }

    public int Count => _chosen.Count;

    /// <summary>Number of features; 0 if there is no pair.</summary>
    public int Width => Count == 0 ? 0 : _chosen[0].Length;

    public IReadOnlyList<float[]> Chosen => _chosen;

    public IReadOnlyList<float[]> Rejected => _rejected;

    /// <summary>By how much each chosen reward should exceed the rejected one at least.</summary>
    public IReadOnlyList<double> Margins => _margins;

    /// <summary>Adds a pair.</summary>
    /// <exception cref="ArgumentException">A vector has another length than those before.</exception>
    public void Add(float[] chosen, float[] rejected, double margin = 0)
    {
        int width = Count == 0 ? chosen.Length : Width;
        if (chosen.Length != width || rejected.Length != width)
        {
            throw new ArgumentException($"Pair {Count} has vectors of {chosen.Length} and {rejected.Length} features; expected {width}.");
        }

        _chosen.Add(chosen);
        _rejected.Add(rejected);
        _margins.Add(margin);
    }
}
