using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ToolRM.Checkpoints;
using ToolRM.Data;
using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.Tokenization;

namespace ToolRM.Training;

/// <summary>
/// Trains reward models on preference pairs: the mean over the pairs of -logsigmoid(chosen - rejected - margin) plus a
/// small penalty that keeps rewards near 0, by AdamW. On the processor it repeats bit for bit on one machine for
/// the same options, data and model. Immutable and safe to use from many threads at once, each run in a folder of its own.
/// </summary>
/// <remarks>
/// A run's folder holds the final model in Hugging Face layout (<c>config.json</c>, <c>model.safetensors</c>,
/// <c>tokenizer.json</c>), <c>best/</c> (the model that did best on the held-out pairs), <c>metrics.jsonl</c>
/// (<see cref="TrainingMetrics"/>, one line a report) and <c>checkpoint/</c>, from which the same call continues a run that
/// was cancelled or crashed, bitwise as if it had never stopped; it is three times the size of what is trained and may be deleted after
/// the run. Where adapters are trained (<see cref="PairwiseTrainingOptions.Lora"/>), they are merged into both models, and
/// <c>adapter/</c> beside each holds them by themselves, as Hugging Face PEFT reads them.
/// </remarks>
public sealed class PairwiseTrainer
{
    private readonly InitialModel _model;
    private readonly ILogger _logger;

    internal PairwiseTrainer(InitialModel model, ILogger? logger)
    {
        _model = model;
        _logger = logger ?? NullLogger.Instance;
    }

    /// <summary>Trains a new model, with initial parameters from <see cref="PairwiseTrainingOptions.Seed"/>.</summary>
    /// <param name="config">The shape; <see cref="DecoderConfig.Template"/> must name the prompt template.</param>
    /// <param name="tokenizer">The tokenizer, saved with the model.</param>
    /// <param name="threads">Threads to compute with, at least 1; default the number of processors. Makes no difference to the result.</param>
    /// <param name="logger">Receives progress.</param>
    /// <param name="device">What computes it, as <see cref="RewardModelOptions.Device"/>.</param>
    /// <exception cref="DeviceException">The device is not there.</exception>
    /// <exception cref="ToolRMException">The shape is impossible, or the tokenizer does not fit it or the template.</exception>
    public static PairwiseTrainer FromScratch(DecoderConfig config, BpeTokenizer tokenizer, int? threads = null, ILogger? logger = null, string device = "auto")
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new(InitialModel.New(config, tokenizer, Request(threads, device)), logger);
    }

    /// <summary>Trains the model of a folder further: a reward model, or a language model, which gets a new reward head.</summary>
    /// <param name="folder">A Hugging Face folder with a <c>tokenizer.json</c>. It is not changed.</param>
    /// <param name="template">The prompt template; default the one the folder's config names, or else the one its model type and control tokens imply.</param>
    /// <param name="threads">Threads to compute with, at least 1; default the number of processors. Makes no difference to the result.</param>
    /// <param name="logger">Receives progress.</param>
    /// <param name="device">What computes it, as <see cref="RewardModelOptions.Device"/>.</param>
    /// <exception cref="DeviceException">The device is not there.</exception>
    /// <exception cref="ToolRMException">The folder cannot be read, or its tokenizer does not fit the model or the template.</exception>
    public static PairwiseTrainer FromFolder(string folder, string? template = null, int? threads = null, ILogger? logger = null, string device = "auto")
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new(InitialModel.Open(folder, template, Request(threads, device)), logger);
    }

    /// <summary>Trains on pairs in memory; see the other overload.</summary>
    /// <inheritdoc cref="TrainAsync(IAsyncEnumerable{PreferencePair}, IAsyncEnumerable{PreferencePair}?, string, PairwiseTrainingOptions?, IProgress{TrainingMetrics}?, CancellationToken)"/>
    public Task<TrainingResult> TrainAsync(
        IReadOnlyList<PreferencePair> training,
        IReadOnlyList<PreferencePair>? heldOut,
        string outputFolder,
        PairwiseTrainingOptions? options = null,
        IProgress<TrainingMetrics>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        return TrainAsync(training.ToAsyncEnumerable(), heldOut?.ToAsyncEnumerable(), outputFolder, options, progress, cancellationToken);
    }

    /// <summary>
    /// Trains on a stream of pairs, of which only the tokens are kept in memory. If <paramref name="outputFolder"/> holds
    /// the state of an unfinished run of the same options, data and model, that run is continued
    /// (<see cref="PairwiseTrainingOptions.Resume"/>).
    /// </summary>
    /// <param name="training">The pairs to learn from, at least one.</param>
    /// <param name="heldOut">Pairs to measure progress on and to choose the best model by; none of them should be in <paramref name="training"/>.</param>
    /// <param name="outputFolder">Where the run's files go; created if missing. Not the folder the model came from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Receives each report, on the thread that trains.</param>
    /// <param name="cancellationToken">Stops the run, with its state saved.</param>
    /// <returns>What was done and where the models are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The adapters are for modules that are none.</exception>
    /// <exception cref="DeviceException">The device cannot train what the options ask for; no pair has been read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call continues after the last whole step.</exception>
    /// <exception cref="TrainingDivergedException">A reward, gradient or parameter is no longer finite; the saved state is the last good one.</exception>
    /// <exception cref="TrainingStateException">The saved state is damaged, or of other options, data or another model.</exception>
    /// <exception cref="ToolRMException">No pair is usable, a row is bad, or a file cannot be written.</exception>
    public Task<TrainingResult> TrainAsync(
        IAsyncEnumerable<PreferencePair> training,
        IAsyncEnumerable<PreferencePair>? heldOut,
        string outputFolder,
        PairwiseTrainingOptions? options = null,
        IProgress<TrainingMetrics>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        options ??= new();
        options.Validate();
        int maxLength = Math.Min(options.MaxLength ?? int.MaxValue, _model.Config.MaxLength);
        CheckOutput(outputFolder);
        KernelPlan plan = _model.Describe(options);
        TrainingLog.Computing(_logger, plan.Device, plan.ElementType, plan.Kernels, plan.Reason);
        return Task.Run(
            async () =>
            {
                TrainingPairs pairs = await EncodeAsync(training, maxLength, cancellationToken).ConfigureAwait(false);
                TrainingPairs measured = await EncodeAsync(heldOut ?? AsyncEnumerable.Empty<PreferencePair>(), maxLength, cancellationToken)
                    .ConfigureAwait(false);
                return Train(pairs, measured, outputFolder, options, progress, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Trains on pairs that are tokens already, whose template is not looked at. Runs on the caller's thread.</summary>
    internal TrainingResult Train(
        TrainingPairs training,
        TrainingPairs heldOut,
        string outputFolder,
        PairwiseTrainingOptions options,
        IProgress<TrainingMetrics>? progress,
        CancellationToken cancellationToken)
    {
        using ITrainingEngine engine = _model.CreateEngine(options);
        var folder = new TrainingFolder(outputFolder, (target, trained) => _model.Save(target, trained, options.Lora));
        TrainingState state = new TrainingLoop(engine, training, heldOut, options, folder, progress, _logger).Run(cancellationToken);
        return new TrainingResult
        {
            Steps = state.Step,
            TrainingPairs = training.Counts,
            HeldOutPairs = heldOut.Counts,
            FinalHeldOut = state.HeldOut,
            BestStep = state.BestStep,
            BestHeldOut = state.BestHeldOut,
            OutputFolder = outputFolder,
            AdapterFolder = options.Lora is null ? null : Path.Combine(outputFolder, CheckpointFiles.AdapterFolder),
            BestFolder = options.KeepBest && state.BestStep is not null ? folder.BestFolder : null,
        };
    }

    private async Task<TrainingPairs> EncodeAsync(IAsyncEnumerable<PreferencePair> pairs, int maxLength, CancellationToken cancellationToken)
    {
        var encoder = new PairEncoder(_model.Template, _model.Tokenizer);
        var builder = new TrainingPairs.Builder(maxLength);
        await foreach (PreferencePair pair in pairs.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            builder.Add(encoder.Encode(pair));
        }

        return builder.Build();
    }

    private void CheckOutput(string outputFolder)
    {
        static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

        if (_model.Folder is { } source && Full(source) == Full(outputFolder))
        {
            throw new ToolRMException(
                $"'{outputFolder}' is the folder of the model to start from, which training must not overwrite. Choose another output folder.");
        }
    }

    private static EngineRequest Request(int? threads, string device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
        ArgumentNullException.ThrowIfNull(device);
        return new EngineRequest { Threads = threads ?? Environment.ProcessorCount, Device = device };
    }
}
