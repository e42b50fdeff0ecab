using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ToolRM.Checkpoints;
using ToolRM.Embedded;
using ToolRM.Engines;
using ToolRM.Engines.Devices;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Scoring;
using ToolRM.Tokenization;
using ToolRM.Verification;

namespace ToolRM;

/// <summary>
/// A reward model: a decoder-only transformer with a scalar head, after "ToolRM: Outcome Reward Models for Tool-Calling
/// LLMs" (arXiv 2509.11963). Where its folder holds a <c>verifier.json</c>, a reward is the sum of the transformer's and the
/// verifier's (<see cref="VerifierRewardModel"/>). Safe to call from many tasks at once; a score does not depend on what else is
/// scored at the same time: on the processor to the last bit, on other devices but for rounding.
/// </summary>
public sealed partial class RewardModel : IRewardModel, IDisposable
{
    /// <summary>The transformer's name among the families of an explanation.</summary>
    private const string Transformer = "transformer";

    private readonly BatchScorer _scorer;
    private readonly RequestEncoder? _encoder;
    private readonly TemplateChoice _template;
    private readonly VerifierRewardModel? _verifier;
    private readonly RewardModelOptions _options;

    private RewardModel(
        string name, Checkpoint checkpoint, ITokenizer? tokenizer, LinearHead? verifier, RewardModelOptions options,
        CancellationToken cancellationToken)
    {
        Name = name;
        _options = options;
        _verifier = verifier is null ? null : new VerifierRewardModel(name, verifier, options);
        Config = checkpoint.Config;
        Report = checkpoint.Report;
        CheckTokenizer(options.Tokenizer);
        MaxLength = Math.Min(options.MaxLength ?? int.MaxValue, Config.MaxLength);
        _template = TemplateChoice.Find(Config, tokenizer, options.Template);
        _encoder = _template.Template is { } template ? new RequestEncoder(tokenizer!, template, MaxLength, options.OverLength) : null;
        IRewardEngine engine = EngineFactory.Current.CreateScorer(Config, checkpoint, new EngineRequest
        {
            Device = options.Device,
            Kernel = options.Kernel,
            ElementType = options.ElementType,
            Threads = options.Threads,
            TokenBudget = options.TokenBudget,
            LoadProgress = options.LoadProgress,
            CancellationToken = cancellationToken,
        });
        Plan = engine.Plan;
        _scorer = new BatchScorer(engine, options);
        ILogger logger = options.Logger ?? NullLogger.Instance;
        LogLoaded(logger, name, Report.ParameterCount, Plan.Device, Plan.ElementType, Plan.Kernels, Plan.Threads, Plan.Reason);
        foreach (string warning in Report.Warnings)
        {
            LogWarning(logger, name, warning);
        }
    }

    /// <summary>What the model is called: its folder, or <c>embedded</c>.</summary>
    public string Name { get; }

    /// <summary>The model's shape.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The longest sequence of prompt and candidate that is scored, in tokens.</summary>
    public int MaxLength { get; }

    internal LoadReport Report { get; }

    internal KernelPlan Plan { get; }

    /// <summary>Loads the model that is part of the library. It is made for English requests and JSON Schema tools.</summary>
    /// <param name="options">How to run it; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ToolRMException">The options ask for what this machine or model does not have.</exception>
    public static RewardModel LoadEmbedded(RewardModelOptions? options = null)
    {
        options ??= new RewardModelOptions();
        options.Validate();
        if (options.Tokenizer is not null)
        {
            throw new ToolRMException(
                "The model that is part of the library has its own tokenizer. Leave RewardModelOptions.Tokenizer unset, or load a folder.");
        }

        using Checkpoint checkpoint = EmbeddedFiles.OpenCheckpoint();
        return new RewardModel("embedded", checkpoint, EmbeddedFiles.LoadTokenizer(), EmbeddedFiles.LoadVerifier(), options, CancellationToken.None);
    }

    /// <summary>
    /// Loads a folder in the Hugging Face layout: <c>config.json</c> (a <c>…ForSequenceClassification</c> with one label),
    /// <c>model.safetensors</c> or its shards, <c>tokenizer.json</c> (or <see cref="RewardModelOptions.Tokenizer"/>), without which
    /// only token ids can be scored, and perhaps <c>verifier.json</c>.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How to run it; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="ToolRMException">The folder is no reward model of a supported architecture, is damaged, or has no reward head.</exception>
    public static async Task<RewardModel> LoadAsync(
        string folder, RewardModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new RewardModelOptions();
        options.Validate();
        return await Task.Run(
            () =>
            {
                using Checkpoint checkpoint = Checkpoint.OpenFolder(folder);
                cancellationToken.ThrowIfCancellationRequested();
                ITokenizer? tokenizer = options.Tokenizer ?? (checkpoint.TokenizerPath is { } path ? BpeTokenizer.Load(path) : null);
                cancellationToken.ThrowIfCancellationRequested();
                return new RewardModel(folder, checkpoint, tokenizer, VerifierFile.TryRead(folder, FeatureNames.Own), options, cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="OverLengthException">Prompt and candidate are too long.</exception>
    /// <exception cref="ToolRMException">The model has no tokenizer or no known template, so that it can score token ids only.</exception>
    /// <exception cref="OverloadedException"><see cref="RewardModelOptions.MaxQueuedTokens"/> are waiting already.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed, or was before its work was done.</exception>
    public async Task<IReadOnlyList<RewardScore>> ScoreAsync(RewardRequest request, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<IReadOnlyList<RewardScore>> scores = await ScoreAsync([request], cancellationToken).ConfigureAwait(false);
        return scores[0];
    }

    /// <inheritdoc/>
    /// <exception cref="OverLengthException">Prompt and candidate of a request are too long; nothing is scored then.</exception>
    /// <exception cref="ToolRMException">The model has no tokenizer or no known template, so that it can score token ids only.</exception>
    /// <exception cref="OverloadedException"><see cref="RewardModelOptions.MaxQueuedTokens"/> are waiting already.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed, or was before its work was done.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<RewardScore>>> ScoreAsync(
        IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        RequestEncoder encoder = _encoder ?? throw new ToolRMException(_template.Reason);
        _scorer.ThrowIfRefusing();
        var encoded = new EncodedRequest[requests.Count];
        var scores = new RewardScore[requests.Count][];
        int threads = requests.Count > 1 ? _options.Threads : 1, threadsOfEach = requests.Count > 1 ? 1 : _options.Threads;
        await Task.Run(
            () => ParallelWork.For(
                requests.Count,
                threads,
                i =>
                {
                    encoded[i] = encoder.Encode(requests[i], i, threadsOfEach, cancellationToken);
                    scores[i] = Judge(requests[i], encoded[i], threadsOfEach, cancellationToken);
                },
                cancellationToken),
            cancellationToken).ConfigureAwait(false);
        float[][] rewards = await _scorer.ScoreAsync(encoded, cancellationToken).ConfigureAwait(false);
        return [.. scores.Select((list, i) => Add(list, rewards[i]))];
    }

    /// <summary>Scores sequences of token ids as they are, by the transformer alone, without template or tokenizer: to compare with other implementations.</summary>
    /// <param name="sequences">Sequences of at least one id each.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The raw logit of each sequence, pooled at its last token that is not padding.</returns>
    /// <exception cref="ArgumentException">A sequence is empty, or an id is not in the vocabulary.</exception>
    /// <exception cref="OverLengthException">A sequence is too long.</exception>
    /// <exception cref="OverloadedException"><see cref="RewardModelOptions.MaxQueuedTokens"/> are waiting already.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed, or was before its work was done.</exception>
    public async Task<IReadOnlyList<double>> ScoreTokensAsync(IReadOnlyList<int[]> sequences, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        for (int i = 0; i < sequences.Count; i++)
        {
            int length = sequences[i]?.Length ?? 0;
            if (length == 0)
            {
                throw new ArgumentException($"Sequence {i} is empty; expected at least one token id.", nameof(sequences));
            }

            if (length > MaxLength)
            {
                throw new OverLengthException(i, 0, length, MaxLength);
            }
        }

        EncodedRequest[] requests = [.. sequences.Select(sequence => new EncodedRequest([], [sequence]))];
        float[][] rewards = await _scorer.ScoreAsync(requests, cancellationToken).ConfigureAwait(false);
        return [.. rewards.Select(reward => (double)reward[0])];
    }

    /// <summary>
    /// Frees the model's memory, after the forward pass that is running. Calls that wait fail with an <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _scorer.Dispose();

    /// <summary>A tokenizer that does not come with the model may be that of another.</summary>
    private void CheckTokenizer(ITokenizer? given)
    {
        if (given?.VocabularySize > Config.VocabularySize)
        {
            throw new ToolRMException(FormattableString.Invariant(
                $"'{Name}' has {Config.VocabularySize} token ids (vocab_size), but RewardModelOptions.Tokenizer has {given.VocabularySize}. ")
                + "Use the tokenizer that belongs to the model.");
        }
    }

    /// <summary>What is known of the candidates of a request without the transformer.</summary>
    private RewardScore[] Judge(RewardRequest request, EncodedRequest encoded, int threads, CancellationToken cancellationToken)
    {
        ToolCallValidator? validator = _options.ValidateCalls ? new ToolCallValidator(request.Prompt.Tools) : null;
        var scores = new RewardScore[encoded.Candidates.Length];
        ParallelWork.For(
            scores.Length,
            threads,
            i =>
            {
                (double reward, RewardExplanation? explanation) =
                    _verifier is null ? (0, null)
                    : _options.ExplainScores ? _verifier.Explain(encoded.Facts[i])
                    : (_verifier.Score(encoded.Facts[i]), null);
                scores[i] = new RewardScore(reward, encoded.Prompt.Length, encoded.Candidates[i].Length)
                {
                    DroppedMessages = encoded.DroppedMessages,
                    Explanation = explanation,
                    Findings = validator?.Validate(request.Candidates[i].Calls),
                };
            },
            cancellationToken);
        return scores;
    }

    /// <summary>The scores with the transformer's rewards added.</summary>
    private static RewardScore[] Add(RewardScore[] scores, float[] rewards) =>
        [.. scores.Select((score, i) => score with { Reward = score.Reward + rewards[i], Explanation = score.Explanation?.With(Transformer, rewards[i]) })];

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Model}: {Parameters} parameters on {Device} in {ElementType} with {Kernels} kernels and {Threads} threads ({Reason})")]
    private static partial void LogLoaded(ILogger logger, string model, long parameters, string device, string elementType, string kernels, int threads, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Model}: {Warning}")]
    private static partial void LogWarning(ILogger logger, string model, string warning);
}
