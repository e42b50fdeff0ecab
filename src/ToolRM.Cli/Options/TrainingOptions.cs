using System.CommandLine;
using ToolRM.Training;

namespace ToolRM.Cli.Options;

/// <summary>The options of <see cref="PairwiseTrainingOptions"/> on the command line, with its defaults and its rules.</summary>
internal sealed class TrainingOptions
{
    private const string PaperPreset = "paper";
    private static readonly PairwiseTrainingOptions _defaults = new();

    private readonly Option<int> _epochs = New("--epochs", "How often every pair is learned from.", _defaults.Epochs);
    private readonly Option<int?> _maxSteps = New("--max-steps", "End after this many steps, if the epochs have more.", _defaults.MaxSteps);
    private readonly Option<double> _learningRate = New("--learning-rate", "Peak learning rate.", _defaults.LearningRate);
    private readonly Option<double> _warmup =
        New("--warmup", "Fraction of all steps in which the learning rate rises.", _defaults.WarmupFraction);

    private readonly Option<double> _finalLearningRate =
        New("--final-learning-rate", "Where the cosine decay ends, as a fraction of the peak.", _defaults.FinalLearningRateFraction);

    private readonly Option<int> _pairsPerStep = New("--pairs-per-step", "Pairs of one optimiser step.", _defaults.PairsPerStep);
    private readonly Option<int> _tokensPerMicroBatch =
        New("--tokens-per-micro-batch", "Most tokens that pass the model at once, which bounds memory.", _defaults.TokensPerMicroBatch);

    private readonly Option<int?> _maxLength =
        New("--max-length", "Longest prompt and candidate together, in tokens; longer pairs are left out.", _defaults.MaxLength);

    private readonly Option<double> _eta =
        New("--eta", "Weight of the squared sum of a pair's rewards, which keeps them near 0.", _defaults.CenteringCoefficient);

    private readonly Option<double> _labelSmoothing =
        New("--label-smoothing", "Assumed fraction of pairs whose order is wrong.", _defaults.LabelSmoothing);

    private readonly Option<double> _weightDecay =
        New("--weight-decay", "Decoupled decay of matrices and embeddings.", _defaults.WeightDecay);

    private readonly Option<double> _beta1 = New("--beta1", "AdamW: decay of the first moment.", _defaults.Beta1);
    private readonly Option<double> _beta2 = New("--beta2", "AdamW: decay of the second moment.", _defaults.Beta2);
    private readonly Option<double> _epsilon = New("--epsilon", "AdamW: added to the root of the second moment.", _defaults.Epsilon);
    private readonly Option<double> _maxGradientNorm =
        New("--max-gradient-norm", "Norm to which gradients are scaled down.", _defaults.MaxGradientNorm);

    private readonly Option<ulong> _seed = New("--seed", "Seed of initial values, shuffling and the held-out split.", _defaults.Seed);
    private readonly Option<int> _evaluationEvery =
        New("--eval-every", "Steps between evaluations of the held-out pairs.", _defaults.EvaluationEvery);

    private readonly Option<int> _logEvery = New("--log-every", "Steps between lines of metrics.jsonl.", _defaults.LogEvery);
    private readonly Option<int> _checkpointEvery =
        New("--checkpoint-every", "Steps between saves of the resumable state.", _defaults.CheckpointEvery);

    private readonly Option<bool> _recompute = new("--recompute-activations")
    {
        Description = "Compute activations again for the backward pass: less memory, about a quarter more time, the same results.",
    };

    private readonly Option<string?> _preset = new("--preset")
    {
        Description = "Defaults for the options that are not given: 'paper' is the recipe of arXiv 2509.11963, for models of a billion parameters.",
    };

    private readonly AdapterOptions _adapters = new();
    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Continue the run in the output folder, or start it if there is none.",
    };

    /// <summary>Adds the options to a verb.</summary>
    public TrainingOptions(Command command)
    {
        _preset.AcceptOnlyFromAmong(PaperPreset);
        command.Options.Add(_preset);
        foreach ((_, Option option) in Names)
        {
            command.Options.Add(option);
        }

        command.Options.Add(_recompute);
        command.Options.Add(_resume);
    }

    /// <summary>What fills in for the options that are not given.</summary>
    public Option<string?> Preset => _preset;

    /// <summary>The seed.</summary>
    public Option<ulong> Seed => _seed;

    /// <summary>Whether a run is continued.</summary>
    public Option<bool> Resume => _resume;

    /// <summary>Each option with the name that the library's messages call it by.</summary>
    private IEnumerable<(string Property, Option Option)> Names =>
    [
        (nameof(PairwiseTrainingOptions.Epochs), _epochs),
        (nameof(PairwiseTrainingOptions.MaxSteps), _maxSteps),
        (nameof(PairwiseTrainingOptions.LearningRate), _learningRate),
        (nameof(PairwiseTrainingOptions.WarmupFraction), _warmup),
        (nameof(PairwiseTrainingOptions.FinalLearningRateFraction), _finalLearningRate),
        (nameof(PairwiseTrainingOptions.PairsPerStep), _pairsPerStep),
        (nameof(PairwiseTrainingOptions.TokensPerMicroBatch), _tokensPerMicroBatch),
        (nameof(PairwiseTrainingOptions.MaxLength), _maxLength),
        (nameof(PairwiseTrainingOptions.CenteringCoefficient), _eta),
        (nameof(PairwiseTrainingOptions.LabelSmoothing), _labelSmoothing),
        (nameof(PairwiseTrainingOptions.WeightDecay), _weightDecay),
        (nameof(PairwiseTrainingOptions.Beta1), _beta1),
        (nameof(PairwiseTrainingOptions.Beta2), _beta2),
        (nameof(PairwiseTrainingOptions.Epsilon), _epsilon),
        (nameof(PairwiseTrainingOptions.MaxGradientNorm), _maxGradientNorm),
        .. _adapters.Names,
        (nameof(PairwiseTrainingOptions.Seed), _seed),
        (nameof(PairwiseTrainingOptions.EvaluationEvery), _evaluationEvery),
        (nameof(PairwiseTrainingOptions.LogEvery), _logEvery),
        (nameof(PairwiseTrainingOptions.CheckpointEvery), _checkpointEvery),
    ];

    /// <summary>The options that a verifier's training has as well, with other defaults.</summary>
    public IReadOnlyList<Option> OfVerifier => [_epochs, _learningRate, _pairsPerStep, _eta, _seed];

    /// <summary>The options as given, checked by the library's own rules.</summary>
    /// <exception cref="UsageException">A value is out of its range.</exception>
    public PairwiseTrainingOptions Read(ParseResult parsed)
    {
        PairwiseTrainingOptions options = ReadUnchecked(parsed);
        Check(options.Validate);
        return options;
    }

    /// <summary>The options for training a verifier, checked by the library's own rules.</summary>
    /// <exception cref="UsageException">A value is out of its range.</exception>
    public VerifierTrainingOptions ReadVerifier(ParseResult parsed, int threads)
    {
        T Value<T>(Option<T> option, T defaultValue) => ValueOr(parsed, option, defaultValue);

        var defaults = new VerifierTrainingOptions();
        VerifierTrainingOptions options = defaults with
        {
            Epochs = Value(_epochs, defaults.Epochs),
            LearningRate = Value(_learningRate, defaults.LearningRate),
            PairsPerStep = Value(_pairsPerStep, defaults.PairsPerStep),
            CenteringCoefficient = Value(_eta, defaults.CenteringCoefficient),
            Seed = Value(_seed, defaults.Seed),
            Threads = threads,
        };
        Check(options.Validate);
        return options;
    }

    /// <summary>Words the library's errors with the names of the command line.</summary>
    private void Check(Action validate)
    {
        try
        {
            validate();
        }
        catch (ArgumentException error)
            when (Names.FirstOrDefault(name => name.Property == error.ParamName) is (not null, { } option))
        {
            string message = error.Message[..error.Message.IndexOf(" (Parameter", StringComparison.Ordinal)];
            throw new UsageException(message.Replace(error.ParamName!, option.Name, StringComparison.Ordinal));
        }
    }

    private PairwiseTrainingOptions ReadUnchecked(ParseResult parsed)
    {
        T Value<T>(Option<T> option, T preset) => ValueOr(parsed, option, preset);

        PairwiseTrainingOptions preset = parsed.GetValue(_preset) is null ? _defaults : PairwiseTrainingOptions.Paper;
        return preset with
        {
            Epochs = Value(_epochs, preset.Epochs),
            MaxSteps = Value(_maxSteps, preset.MaxSteps),
            LearningRate = Value(_learningRate, preset.LearningRate),
            WarmupFraction = Value(_warmup, preset.WarmupFraction),
            FinalLearningRateFraction = Value(_finalLearningRate, preset.FinalLearningRateFraction),
            PairsPerStep = Value(_pairsPerStep, preset.PairsPerStep),
            TokensPerMicroBatch = Value(_tokensPerMicroBatch, preset.TokensPerMicroBatch),
            MaxLength = Value(_maxLength, preset.MaxLength),
            CenteringCoefficient = Value(_eta, preset.CenteringCoefficient),
            LabelSmoothing = Value(_labelSmoothing, preset.LabelSmoothing),
            WeightDecay = Value(_weightDecay, preset.WeightDecay),
            Beta1 = Value(_beta1, preset.Beta1),
            Beta2 = Value(_beta2, preset.Beta2),
            Epsilon = Value(_epsilon, preset.Epsilon),
            MaxGradientNorm = Value(_maxGradientNorm, preset.MaxGradientNorm),
            Lora = _adapters.Read(parsed),
            Seed = Value(_seed, preset.Seed),
            EvaluationEvery = Value(_evaluationEvery, preset.EvaluationEvery),
            LogEvery = Value(_logEvery, preset.LogEvery),
            CheckpointEvery = Value(_checkpointEvery, preset.CheckpointEvery),
            RecomputeActivations = Value(_recompute, preset.RecomputeActivations),
            Resume = parsed.GetValue(_resume),
        };
    }

    private static T ValueOr<T>(ParseResult parsed, Option<T> option, T otherwise) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option)! : otherwise;

    private static Option<T> New<T>(string name, string description, T value) =>
        new(name) { Description = description, HelpName = "n", DefaultValueFactory = value is null ? null : _ => value };
}
