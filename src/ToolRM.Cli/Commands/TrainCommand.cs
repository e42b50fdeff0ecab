using System.CommandLine;
using ToolRM.Checkpoints;
using ToolRM.Cli.Options;
using ToolRM.Cli.Output;
using ToolRM.Cli.Training;
using ToolRM.Data;
using ToolRM.Prompts;
using ToolRM.Training;

namespace ToolRM.Cli.Commands;

/// <summary><c>toolrm train</c>: a new reward model, or one made from another model.</summary>
internal sealed class TrainCommand
{
    private const string BFloat16 = "bf16";

    private readonly Argument<string[]> _files = SharedOptions.Files("Preference pairs to train on");
    private readonly Option<string> _output = new("--out")
    {
        Description = "Folder of the run and its models.",
        HelpName = "dir",
        Required = true,
    };

    private readonly Option<string[]> _heldOut = new("--eval")
    {
        Description = "Files of held-out pairs, to measure on and to choose the best model by.",
        HelpName = "file",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<double> _heldOutFraction = new("--held-out-fraction")
    {
        Description = "Hold out about this share of the conversations instead.",
        HelpName = "n",
    };

    private readonly Option<string?> _base = new("--base") { Description = "Start from this model's folder.", HelpName = "dir" };
    private readonly Option<ModelShape?> _shape = new("--shape")
    {
        Description = $"Start from a new model: {ModelShape.Syntax}. Its tokenizer is learned from the training pairs.",
        HelpName = "numbers",
        CustomParser = ModelShape.Parse,
    };

    private readonly Option<bool> _verifier = new("--verifier")
    {
        Description = VerifierTraining.Description,
    };

    private readonly Option<string?> _recipe = new("--recipe")
    {
        Description = "Make a model in all its steps, as the one that is part of toolrm was made.",
    };

    private readonly Option<int> _context = new("--context")
    {
        Description = "Longest sequence that a new model accepts, in tokens.",
        HelpName = "tokens",
        DefaultValueFactory = _ => 4096,
    };

    private readonly Option<string?> _template = SharedOptions.Template();
    private readonly Option<string> _device = SharedOptions.Device();
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<string> _elementType = new("--element-type")
    {
        Description = "Type of the saved weights.",
        DefaultValueFactory = _ => "f32",
    };

    private readonly Option<bool> _skipBadRows = SharedOptions.SkipBadRows();
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Command _command = new("train", "Train a reward model on preference pairs.");
    private readonly TrainingOptions _training;
    private readonly Terminal _terminal;

    private TrainCommand(Terminal terminal)
    {
        _terminal = terminal;
        _context.Validators.Add(SharedOptions.AtLeastOne);
        _elementType.AcceptOnlyFromAmong("f32", BFloat16);
        _recipe.AcceptOnlyFromAmong(RecipeTraining.Names);
        _command.Arguments.Add(_files);
        foreach (Option option in (ReadOnlySpan<Option>)
            [_output, _heldOut, _heldOutFraction, _base, _shape, _verifier, _recipe, _context, _template, _device, _threads, _elementType, _skipBadRows, _json])
        {
            _command.Options.Add(option);
        }

        _training = new TrainingOptions(_command);
        _command.SetAction(RunAsync);
    }

    public static Command Create(Terminal terminal) => new TrainCommand(terminal)._command;

    /// <summary>What only the options together show to be wrong.</summary>
    private string? FindProblem(ParseResult parsed, PairwiseTrainingOptions options)
    {
        ModelShape? shape = parsed.GetValue(_shape);
        return (parsed.GetValue(_base) is null) == (shape is null)
            ? "Give either --base (a model to start from) or --shape (a new model); or --verifier or --recipe."
            : FindDataProblem(parsed) ?? (shape is null ? FindBaseProblem(parsed) : FindShapeProblem(parsed, options, shape));
    }

    private string? FindVerifierProblem(ParseResult parsed)
    {
        Option[] allowed = [_verifier, _output, _heldOut, _heldOutFraction, _threads, _skipBadRows, _json, .. _training.OfVerifier];
        return FindOther(parsed, allowed) is { } other
            ? $"{other.Name} is about transformers and does not go with --verifier."
            : FindDataProblem(parsed);
    }

    private string? FindRecipeProblem(ParseResult parsed)
    {
        Option[] allowed = [_recipe, _output, _threads, _skipBadRows, _json, _training.Seed, _training.Resume];
        return FindOther(parsed, allowed) is { } other
            ? $"{other.Name} does not go with --recipe, which decides it."
            : FindDataProblem(parsed);
    }

    private Option? FindOther(ParseResult parsed, Option[] allowed) =>
        _command.Options.Except(allowed).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });

    private string? FindDataProblem(ParseResult parsed)
    {
        double fraction = parsed.GetValue(_heldOutFraction);
        string[] heldOut = parsed.GetRequiredValue(_heldOut);
        if (fraction is not (>= 0 and < 1))
        {
            return "--held-out-fraction must be from 0 up to but not including 1.";
        }

        if (fraction != 0 && heldOut.Length > 0)
        {
            return "--eval and --held-out-fraction exclude each other: the held-out pairs come from files or from the training pairs.";
        }

        return parsed.GetRequiredValue(_files).Concat(heldOut).Contains(DatasetInput.StandardInput)
            ? "Training reads its files more than once, which standard input (-) cannot do: name files."
            : null;
    }

    private string? FindBaseProblem(ParseResult parsed) =>
        parsed.GetResult(_context) is { Implicit: false }
            ? "--context is for new models (--shape): a model of --base keeps its own."
            : null;

    private string? FindShapeProblem(ParseResult parsed, PairwiseTrainingOptions options, ModelShape shape)
    {
        const int Bytes = 256;
        int least = Bytes + TemplateOf(parsed).RequiredTokens.Count, context = parsed.GetValue(_context);
        if (shape.Vocabulary < least)
        {
            return $"--shape: the vocabulary must be at least {least} (256 bytes and the template's control tokens), "
                + $"but is {shape.Vocabulary}.";
        }

        if (options.Lora is not null || parsed.GetValue(_training.Preset) is not null)
        {
            return "--lora-rank and --preset are about training a model further (--base), not about a new one (--shape).";
        }

        return options.MaxLength > context
            ? $"--max-length must be at most --context, the longest sequence of the new model ({context})."
            : null;
    }

    /// <summary>The template of a new model.</summary>
    private PromptTemplate TemplateOf(ParseResult parsed) => PromptTemplate.Get(parsed.GetValue(_template) ?? "compact");

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(_recipe) is not null ? RunRecipeAsync(parsed, cancellationToken)
        : parsed.GetValue(_verifier) ? TrainVerifierAsync(parsed, cancellationToken)
        : TrainTransformerAsync(parsed, cancellationToken);

    private async Task<int> RunRecipeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (FindRecipeProblem(parsed) is { } problem)
        {
            throw new UsageException(problem);
        }

        ulong seed = parsed.GetValue(_training.Seed);
        await RecipeTraining.RunAsync(
            Data(parsed, seed),
            parsed.GetRequiredValue(_output),
            seed,
            parsed.GetValue(_threads),
            parsed.GetValue(_training.Resume),
            parsed.GetValue(_json),
            _terminal,
            cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private async Task<int> TrainVerifierAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (FindVerifierProblem(parsed) is { } problem)
        {
            throw new UsageException(problem);
        }

        VerifierTrainingOptions options = _training.ReadVerifier(parsed, parsed.GetValue(_threads));
        await VerifierTraining.RunAsync(
            Data(parsed, options.Seed), parsed.GetRequiredValue(_output), options, parsed.GetValue(_json), _terminal, cancellationToken)
            .ConfigureAwait(false);
        return ExitCode.Done;
    }

    private TrainingData Data(ParseResult parsed, ulong seed)
    {
        double fraction = parsed.GetValue(_heldOutFraction);
        return new TrainingData(
            parsed.GetRequiredValue(_files),
            parsed.GetRequiredValue(_heldOut),
            fraction > 0 ? new ConversationSplit(seed, fraction) : null,
            parsed.GetValue(_skipBadRows),
            _terminal);
    }

    private async Task<int> TrainTransformerAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        PairwiseTrainingOptions options = _training.Read(parsed);
        if (FindProblem(parsed, options) is { } problem)
        {
            throw new UsageException(problem);
        }

        string output = parsed.GetRequiredValue(_output);
        RunFolder.Check(output, options.Resume);
        TrainingData data = Data(parsed, options.Seed);
        TrainingResult result;
        try
        {
            PairwiseTrainer trainer =
                await CreateTrainerAsync(parsed, data, output, options.Resume, cancellationToken).ConfigureAwait(false);
            result = await LongWork.RunAsync(_terminal, "Training", status => trainer.TrainAsync(
                data.Training(status, cancellationToken),
                data.HeldOut(status, cancellationToken),
                output,
                options,
                new TrainingStatus(status),
                cancellationToken)).ConfigureAwait(false);
            if (parsed.GetValue(_elementType) == BFloat16)
            {
                Round(result, cancellationToken);
            }
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new StoppedException("toolrm: stopped; run the same command with --resume to continue", error);
        }

        if (parsed.GetValue(_json))
        {
            TrainingOutput.WriteJson(result, data.BadRows, _terminal.Output);
        }
        else
        {
            TrainingOutput.WriteText(result, data.BadRows, _terminal);
        }

        return ExitCode.Done;
    }

    private async Task<PairwiseTrainer> CreateTrainerAsync(
        ParseResult parsed, TrainingData data, string output, bool isResumed, CancellationToken cancellationToken)
    {
        int threads = parsed.GetValue(_threads);
        string device = parsed.GetRequiredValue(_device);
        return parsed.GetValue(_shape) is { } shape
            ? await new NewModel(shape, parsed.GetValue(_context), TemplateOf(parsed), device, threads)
                .CreateTrainerAsync(data, output, isResumed, _terminal, cancellationToken).ConfigureAwait(false)
            : PairwiseTrainer.FromFolder(parsed.GetRequiredValue(_base)!, parsed.GetValue(_template), threads, _terminal.Logger, device);
    }

    private static void Round(TrainingResult result, CancellationToken cancellationToken)
    {
        SavedWeights.Convert(result.OutputFolder, TensorType.BF16, cancellationToken);
        if (result.BestFolder is { } best)
        {
            SavedWeights.Convert(best, TensorType.BF16, cancellationToken);
        }
    }
}
