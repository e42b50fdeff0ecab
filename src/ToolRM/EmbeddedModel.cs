using ToolRM.Embedded;

namespace ToolRM;

/// <summary>
/// The model that is part of the library, in its editions. <see cref="RewardModel.LoadEmbedded"/> loads the whole: a verifier and a
/// transformer, whose rewards are added.
/// </summary>
public static class EmbeddedModel
{
    private static readonly Lazy<VerifierRewardModel> _verifier = new(() => LoadVerifier());

    /// <summary>
    /// The verifier alone: some fifty times faster than the whole, a little less accurate. Loaded once, with default options; safe to call from
    /// many tasks at once.
    /// </summary>
    public static VerifierRewardModel Verifier => _verifier.Value;

    /// <summary>The verifier alone, with other options.</summary>
    /// <param name="options">How to run it; see <see cref="VerifierRewardModel.LoadAsync"/> for those that matter. <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static VerifierRewardModel LoadVerifier(RewardModelOptions? options = null) =>
        new("embedded verifier", EmbeddedFiles.LoadVerifier(), options ?? new RewardModelOptions());
}
