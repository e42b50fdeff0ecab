using System.CommandLine;
using ToolRM.Cli.Output;
using ToolRM.Verification;

namespace ToolRM.Cli.Options;

/// <summary>Which model is used and how it runs: the same options for every verb that scores.</summary>
internal sealed class ModelOptions
{
    private const string Reject = "reject", DropOldest = "drop-oldest-messages", Skip = "skip";

    private readonly Option<string?> _model = new("--model", "-m")
    {
        Description = "The model's folder; default the model that is part of toolrm.",
        HelpName = "dir",
    };

    private readonly Option<bool> _verifier = new("--verifier")
    {
        Description = "Use only the model's verifier: faster, and a little less accurate than with the transformer.",
    };

    private readonly Option<string> _device = SharedOptions.Device();
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<int?> _maxLength =
        SharedOptions.MaxLength("Longest prompt and candidate together; default and at most what the model allows.");

    private readonly Option<string?> _kernel = SharedOptions.Kernel();
    private readonly Option<string> _elementType = SharedOptions.ElementType();
    private readonly Option<string?> _template = SharedOptions.Template();
    private readonly Option<int> _tokenBudget = new("--token-budget")
    {
        Description = "Most tokens computed at once, which bounds memory.",
        HelpName = "tokens",
        DefaultValueFactory = _ => new RewardModelOptions().TokenBudget,
    };

    private readonly Option<string> _overLength;

    /// <param name="command">The verb, which gets the options.</param>
    /// <param name="canSkip">Whether the verb can leave out what is too long.</param>
    public ModelOptions(Command command, bool canSkip = false)
    {
        _tokenBudget.Validators.Add(SharedOptions.AtLeastOne);
        _overLength = new Option<string>("--over-length")
        {
            Description = "What happens to what is too long for the model: an error, the oldest messages are left out"
                + (canSkip ? ", or it is left out and counted." : "."),
            DefaultValueFactory = _ => Reject,
        };
        _overLength.AcceptOnlyFromAmong(canSkip ? [Reject, DropOldest, Skip] : [Reject, DropOldest]);
        foreach (Option option in (ReadOnlySpan<Option>)
            [_model, _verifier, _device, _threads, _maxLength, _tokenBudget, _overLength, _template, _kernel, _elementType])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether what is too long is to be left out and counted.</summary>
    public bool SkipsOverLength(ParseResult parsed) => parsed.GetValue(_overLength) == Skip;

    /// <summary>Loads the model.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where warnings go.</param>
    /// <param name="wanted">What scores are to carry besides rewards.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="ToolRMException">There is no such model, or it cannot run here.</exception>
    public async Task<LoadedModel> LoadAsync(
        ParseResult parsed, Terminal terminal, RewardModelOptions wanted, CancellationToken cancellationToken)
    {
        RewardModelOptions options = wanted with
        {
            Device = parsed.GetRequiredValue(_device),
            Threads = parsed.GetValue(_threads),
            MaxLength = parsed.GetValue(_maxLength),
            TokenBudget = parsed.GetValue(_tokenBudget),
            Kernel = parsed.GetValue(_kernel),
            ElementType = SharedOptions.ElementTypeOf(parsed.GetValue(_elementType)),
            Template = parsed.GetValue(_template),
            OverLength = parsed.GetValue(_overLength) == DropOldest ? OverLengthPolicy.DropOldestMessages : OverLengthPolicy.Reject,
            Logger = terminal.Logger,
        };
        bool verifier = parsed.GetValue(_verifier);
        return new LoadedModel(
            parsed.GetValue(_model) is not { } folder ? verifier ? EmbeddedModel.LoadVerifier(options) : RewardModel.LoadEmbedded(options)
            : verifier || VerifierFile.IsAlone(folder) ? await VerifierRewardModel.LoadAsync(folder, options, cancellationToken).ConfigureAwait(false)
            : await LoadTransformerAsync(folder, options, terminal, cancellationToken).ConfigureAwait(false));
    }

    private static Task<RewardModel> LoadTransformerAsync(
        string folder, RewardModelOptions options, Terminal terminal, CancellationToken cancellationToken) =>
        LongWork.RunAsync(terminal, "Loading", status => RewardModel.LoadAsync(
            folder, options with { LoadProgress = new ShareOf(status) }, cancellationToken));
}
