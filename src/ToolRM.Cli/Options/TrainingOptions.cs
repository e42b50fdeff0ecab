using System.CommandLine;
using ToolRM.Training;

namespace ToolRM.Cli.Options;

/// <summary>The options of <see cref="PairwiseTrainingOptions"/> on the command line, with its defaults and its rules.</summary>
internal sealed class TrainingOptions
{
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

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Continue the run in the output folder, or start it if there is none.",
    };

    /// <summary>Adds the options to a verb.</summary>
    public TrainingOptions(Command command)
    {
        foreach ((_, Option option) in Names)
        {
            command.Options.Add(option);
        }

        command.Options.Add(_recompute);
        command.Options.Add(_resume);
    }

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
        T Value<T>(Option<T> option, T defaultValue) =>
            parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option)! : defaultValue;

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
        catch (ArgumentOutOfRangeException error)
            when (Names.FirstOrDefault(name => name.Property == error.ParamName) is (not null, { } option))
        {
            string message = error.Message[..error.Message.IndexOf(" (Parameter", StringComparison.Ordinal)];
            throw new UsageException(message.Replace(error.ParamName!, option.Name, StringComparison.Ordinal));
        }
    }

    private PairwiseTrainingOptions ReadUnchecked(ParseResult parsed) => new()
    {
        Epochs = parsed.GetValue(_epochs),
        MaxSteps = parsed.GetValue(_maxSteps),
        LearningRate = parsed.GetValue(_learningRate),
        WarmupFraction = parsed.GetValue(_warmup),
        FinalLearningRateFraction = parsed.GetValue(_finalLearningRate),
        PairsPerStep = parsed.GetValue(_pairsPerStep),
        TokensPerMicroBatch = parsed.GetValue(_tokensPerMicroBatch),
        MaxLength = parsed.GetValue(_maxLength),
        CenteringCoefficient = parsed.GetValue(_eta),
        LabelSmoothing = parsed.GetValue(_labelSmoothing),
        WeightDecay = parsed.GetValue(_weightDecay),
        Beta1 = parsed.GetValue(_beta1),
        Beta2 = parsed.GetValue(_beta2),
        Epsilon = parsed.GetValue(_epsilon),
        MaxGradientNorm = parsed.GetValue(_maxGradientNorm),
        Seed = parsed.GetValue(_seed),
        EvaluationEvery = parsed.GetValue(_evaluationEvery),
        LogEvery = parsed.GetValue(_logEvery),
        CheckpointEvery = parsed.GetValue(_checkpointEvery),
        RecomputeActivations = parsed.GetValue(_recompute),
        Resume = parsed.GetValue(_resume),
    };

    private static Option<T> New<T>(string name, string description, T value) =>
        new(name) { Description = description, HelpName = "n", DefaultValueFactory = value is null ? null : _ => value };
}
