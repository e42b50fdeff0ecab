using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ToolRM.Checkpoints;
using ToolRM.Scoring;
using ToolRM.Verification;

namespace ToolRM;

/// <summary>
/// A reward model without a neural network: a linear model over features of calls, tools and conversation (does each value occur in
/// what was said, does it fit its schema, is everything that was asked for there, …). It scores thousands of candidates a second,
/// is trained in about a second (<see cref="Training.VerifierTrainer"/>), and every reward can say why. Immutable; safe to call from
/// many tasks at once.
/// </summary>
public sealed partial class VerifierRewardModel : IRewardModel
{
    private readonly RewardModelOptions _options;
    private readonly Explainer _explainer;

    internal VerifierRewardModel(string name, LinearHead head, RewardModelOptions options)
    {
        options.Validate();
        Name = name;
        Head = head;
        _options = options;
        _explainer = new Explainer(head, FeatureSet.Families);
        LogLoaded(options.Logger ?? NullLogger.Instance, name, head.Features.Count, FeatureSet.Version);
    }

    /// <summary>What the model is called: its folder, or what it was made by.</summary>
    public string Name { get; }

    /// <summary>The features with their weights, in a fixed order.</summary>
    public IReadOnlyList<VerifierFeature> Features => field ??=
        [.. Head.Features.Zip(FeatureSet.Definitions, (weight, definition) => new VerifierFeature(definition, weight.Weight, weight.Mean, weight.Scale))];

    internal LinearHead Head { get; }

    /// <summary>Loads a folder with a <c>verifier.json</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">
    /// How to run it; <see langword="null"/> for the defaults. <see cref="RewardModelOptions.Threads"/>,
    /// <see cref="RewardModelOptions.ValidateCalls"/>, <see cref="RewardModelOptions.ExplainScores"/> and
    /// <see cref="RewardModelOptions.Logger"/> matter; the others are about transformers.
    /// </param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="CheckpointException">The folder holds no verifier, or a damaged one, or one that was trained on other features.</exception>
    public static async Task<VerifierRewardModel> LoadAsync(
        string folder, RewardModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return await Task.Run(
            () => new VerifierRewardModel(folder, VerifierFile.Read(folder, FeatureNames.Own), options ?? new RewardModelOptions()),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the model to a folder, as <c>verifier.json</c>: text that a person can read.</summary>
    /// <param name="folder">The folder; created if missing. A verifier that is there is replaced, as a whole or not at all; other files stay.</param>
    /// <param name="cancellationToken">Stops it before anything is written.</param>
    /// <exception cref="CheckpointException">The disk is full, access is denied and the like.</exception>
    public async Task SaveAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        await Task.Run(() => VerifierFile.Write(folder, Head, FeatureNames.Own), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The request has no candidate, or something is <see langword="null"/>.</exception>
    public async Task<IReadOnlyList<RewardScore>> ScoreAsync(RewardRequest request, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<IReadOnlyList<RewardScore>> scores = await ScoreAsync([request], cancellationToken).ConfigureAwait(false);
        return scores[0];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A request has no candidate, or something is <see langword="null"/>.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<RewardScore>>> ScoreAsync(
        IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        for (int i = 0; i < requests.Count; i++)
        {
            Check(requests[i], i);
        }

        return await Task.Run(() => Score(requests, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The reward of a candidate.</summary>
    internal double Score(CandidateFacts candidate) => Head.Score(FeatureSet.Compute(candidate));

    /// <summary>The reward of a candidate, and why.</summary>
    internal (double Reward, RewardExplanation Explanation) Explain(CandidateFacts candidate)
    {
        var amounts = new List<FeatureAmount>();
        double[] vector = FeatureSet.Compute(candidate, amounts);
        return (Head.Score(vector), _explainer.Explain(candidate.Candidate.Calls, vector, amounts));
    }

    /// <summary>Candidates are spread over the threads one by one, so that a single request with many of them gains as well.</summary>
    private RewardScore[][] Score(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken)
    {
        RequestWork[] works = [.. requests.Select(request => new RequestWork(request))];
        (int Request, int Candidate)[] places =
            [.. requests.SelectMany((request, i) => Enumerable.Range(0, request.Candidates.Count).Select(candidate => (i, candidate)))];
        ParallelWork.For(
            places.Length,
            _options.Threads,
            i => works[places[i].Request].Scores[places[i].Candidate] = Score(works[places[i].Request], places[i].Candidate),
            cancellationToken);
        return [.. works.Select(work => work.Scores)];
    }

    private RewardScore Score(RequestWork work, int index)
    {
        Candidate candidate = work.Request.Candidates[index];
        var facts = new CandidateFacts(work.Facts.Value, candidate);
        (double reward, RewardExplanation? explanation) = _options.ExplainScores ? Explain(facts) : (Score(facts), null);
        return new RewardScore(reward)
        {
            Explanation = explanation,
            Findings = _options.ValidateCalls ? work.Validator.Value.Validate(candidate.Calls) : null,
        };
    }

    private static void Check(RewardRequest request, int index)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Prompt);
        if (request.Candidates is not { Count: > 0 })
        {
            throw new ArgumentException($"Request {index} has no candidate to score; expected at least one.", nameof(request));
        }

        if (request.Candidates.Contains(null!))
        {
            throw new ArgumentException($"Request {index} has a candidate that is null.", nameof(request));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Model}: a verifier of {Features} features (version {Version})")]
    private static partial void LogLoaded(ILogger logger, string model, int features, string version);

    /// <summary>A request while its candidates are scored; what they share is made by the first that needs it.</summary>
    private sealed class RequestWork(RewardRequest request)
    {
        public RewardRequest Request { get; } = request;

        public Lazy<RequestFacts> Facts { get; } = new(() => new RequestFacts(request.Prompt));

        public Lazy<ToolCallValidator> Validator { get; } = new(() => new ToolCallValidator(request.Prompt.Tools));

        public RewardScore[] Scores { get; } = new RewardScore[request.Candidates.Count];
    }
}
