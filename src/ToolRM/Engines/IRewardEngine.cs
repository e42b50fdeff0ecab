using ToolRM.Models;

namespace ToolRM.Engines;

/// <summary>Computes rewards of forests. Not safe for concurrent calls: the owner serialises them.</summary>
internal interface IRewardEngine : IDisposable
{
    /// <summary>The model's shape.</summary>
    DecoderConfig Config { get; }

    /// <summary>What runs it, and why.</summary>
    KernelPlan Plan { get; }

    /// <summary>Writes one raw logit per leaf of <paramref name="forest"/>, in the order of its leaves.</summary>
    /// <exception cref="ArgumentException">A token id is not in the vocabulary, or a sequence is longer than the model's maximum.</exception>
    void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken);
}
