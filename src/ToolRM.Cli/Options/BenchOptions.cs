using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ToolRM.Cli.Bench;
using ToolRM.Engines;

namespace ToolRM.Cli.Options;

/// <summary>What <c>toolrm bench</c> measures: lists whose combinations are its rows.</summary>
internal sealed class BenchOptions
{
    /// <summary>Most tokens of one row: far more than any useful batch, and few enough to be counted in 32 bits.</summary>
    private const int MostTokens = 1 << 24;

    private const int PairCandidates = 2;

    private static readonly string[] _elementTypes = [.. Enum.GetNames<ElementType>().Select(name => name.ToLowerInvariant())];

    private readonly Option<string?> _model = new("--model", "-m")
    {
        Description = "The model's folder; default the model that is part of toolrm. Its transformer is measured.",
        HelpName = "dir",
    };

    private readonly Option<ModelShape?> _shape = new("--shape")
    {
        Description = $"Measure a model with random weights instead: {ModelShape.Syntax}.",
        HelpName = "numbers",
        CustomParser = ModelShape.Parse,
    };

    private readonly Option<int[]> _threads = Numbers("--threads", "Numbers of threads.", 1, 1, Environment.ProcessorCount);
    private readonly Option<int[]> _batch = Numbers("--batch", "Requests (with --train pairs) of one call.", 1, 1, 4);
    private readonly Option<int[]> _prompt = Numbers("--prompt", "Tokens of each prompt; 0 for candidates without one.", 0, 512);
    private readonly Option<int[]> _candidates = Numbers(
        "--candidates", "Candidates of each prompt. Several are measured with the prompt shared, and computed for each.", 1, 1, 16);

    private readonly Option<int[]> _candidateTokens = Numbers("--candidate-tokens", "Tokens of each candidate.", 1, 48);
    private readonly Option<int> _repetitions = new("--repetitions")
    {
        Description = "Measurements of each row, by turns.",
        HelpName = "n",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<int> _minTime = new("--min-time")
    {
        Description = "Least time of a measurement, in milliseconds: short calls are repeated.",
        HelpName = "ms",
        DefaultValueFactory = _ => 150,
    };

    private readonly Option<string[]> _device = Names("--device", "Devices", DeviceName.Syntax, text => DeviceName.TryParse(text, out _), "auto");
    private readonly Option<string[]> _kernel = Names("--kernel", "Kernels, by default the fastest", SharedOptions.KernelNames, SharedOptions.IsKernel);

    private readonly Option<string[]> _elementType = Names(
        "--element-type",
        "Types of arithmetic",
        string.Join(", ", _elementTypes),
        text => _elementTypes.Contains(text),
        nameof(ElementType.Float32).ToLowerInvariant());

    private readonly Option<bool> _train = new("--train")
    {
        Description = "Measure training steps instead of scoring: forward, backward and AdamW on pairs, whose prompt is shared.",
    };

    private readonly Option<bool> _sharedOnly = new("--shared-only")
    {
        Description = "Leave out the slow rows, where a prompt is computed for each of its candidates.",
    };

    /// <summary>Adds the options to the verb.</summary>
    public BenchOptions(Command command)
    {
        _repetitions.Validators.Add(SharedOptions.AtLeastOne);
        _minTime.Validators.Add(SharedOptions.AtLeastOne);
        foreach (Option option in (ReadOnlySpan<Option>)
            [_model, _shape, _device, _threads, _batch, _prompt, _candidates, _candidateTokens, _kernel, _elementType, _train, _sharedOnly, _repetitions, _minTime])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>How the rows are measured.</summary>
    public BenchTiming Timing(ParseResult parsed) =>
        new(parsed.GetValue(_repetitions), TimeSpan.FromMilliseconds(parsed.GetValue(_minTime)));

    /// <summary>Opens the model.</summary>
    /// <exception cref="ToolRMException">It cannot be opened.</exception>
    /// <exception cref="UsageException">A case does not fit it.</exception>
    public BenchModel Open(ParseResult parsed, IReadOnlyList<BenchCase> cases)
    {
        int longest = cases.Max(shape => shape.Path);
        BenchModel model = BenchModel.Open(parsed.GetValue(_model), parsed.GetValue(_shape), longest);
        if (longest <= model.Config.MaxLength)
        {
            return model;
        }

        int most = model.Config.MaxLength;
        model.Dispose();
        throw new UsageException(FormattableString.Invariant(
            $"--prompt and --candidate-tokens together must be at most {most}, the model's longest sequence, but are {longest}."));
    }

    /// <summary>The rows: every combination, in the order in which they are shown.</summary>
    /// <exception cref="UsageException">Options contradict each other or ask for too much.</exception>
    public IReadOnlyList<BenchCase> Cases(ParseResult parsed)
    {
        if (FindProblem(parsed) is { } problem)
        {
            throw new UsageException(problem);
        }

        bool trains = parsed.GetValue(_train), sharedOnly = parsed.GetValue(_sharedOnly);
        string?[] named = parsed.GetRequiredValue(_kernel), kernels = named.Length > 0 ? named : [null];
        BenchCase[] cases =
        [
            .. from device in parsed.GetRequiredValue(_device)
            from kernel in kernels
            from type in Types(parsed)
            from threads in parsed.GetRequiredValue(_threads)
            from batch in parsed.GetRequiredValue(_batch)
            from prompt in parsed.GetRequiredValue(_prompt)
            from candidates in trains ? [PairCandidates] : parsed.GetRequiredValue(_candidates)
            from length in parsed.GetRequiredValue(_candidateTokens)
            from shape in Rows(new BenchCase(new EngineChoice(device, kernel, type, threads), batch, prompt, candidates, length) { IsTraining = trains })
            where !(sharedOnly && shape.RepeatsPrompt)
            select shape,
        ];
        return cases.Any(shape => shape.Tokens > MostTokens)
            ? throw new UsageException($"A row has more than {MostTokens} tokens: lower --batch, --prompt, --candidates or --candidate-tokens.")
            : cases;
    }

    /// <summary>Candidates with a common prompt are scored in both ways; pairs are always learned from with their prompt shared.</summary>
    private static BenchCase[] Rows(BenchCase shape) =>
        shape is { HasCommonPrompt: true, IsTraining: false } ? [shape with { RepeatsPrompt = true }, shape] : [shape];

    private ElementType[] Types(ParseResult parsed) =>
        [.. parsed.GetRequiredValue(_elementType).Select(name => Enum.Parse<ElementType>(name, ignoreCase: true))];

    private string? FindProblem(ParseResult parsed)
    {
        bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };

        return parsed.GetValue(_model) is not null && parsed.GetValue(_shape) is not null
            ? "--model and --shape exclude each other: a model is either read or made of random weights."
            : !parsed.GetValue(_train) ? null
            : IsGiven(_candidates) ? "--candidates does not go with --train: a pair has two."
            : IsGiven(_sharedOnly) ? "--shared-only does not go with --train: the prompt of a pair is always shared."
            : Types(parsed).Any(type => type != ElementType.Float32) ? "--train is in float32; --element-type is for scoring."
            : null;
    }

    private static Option<int[]> Numbers(string name, string description, int least, params int[] defaults) => new(name)
    {
        Description = description,
        HelpName = "n,n",
        DefaultValueFactory = _ => [.. defaults.Distinct()],
        CustomParser = result => [.. Parse(
            result,
            FormattableString.Invariant($"whole numbers of at least {least}, separated by commas"),
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least)
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture))
            .Distinct()],
    };

    private static Option<string[]> Names(
        string name, string description, string expected, Func<string, bool> isAllowed, params string[] defaults) => new(name)
    {
        Description = $"{description}: {expected}.",
        HelpName = "name,name",
        DefaultValueFactory = _ => defaults,
        CustomParser = result => Parse(result, $"names of {expected}, separated by commas", isAllowed),
    };

    /// <summary>Reads a list, each element once; an element that is none becomes an error of the command line.</summary>
    private static string[] Parse(ArgumentResult result, string expected, Func<string, bool> isAllowed)
    {
        string[] texts = [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Distinct()];
        if (texts.FirstOrDefault(text => !isAllowed(text)) is { } wrong)
        {
            result.AddError($"{(result.Parent as OptionResult)?.IdentifierToken?.Value} must be {expected}; found '{wrong}'.");
            return [];
        }

        return texts;
    }
}
