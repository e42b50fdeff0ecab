using System.CommandLine;
using ToolRM.Models;

namespace ToolRM.Cli.Options;

/// <summary>The options of <see cref="LoraOptions"/> on the command line.</summary>
internal sealed class AdapterOptions
{
    private static readonly LoraOptions _defaults = new();

    private readonly Option<int> _rank = new("--lora-rank")
    {
        Description = "Train adapters (LoRA) of this rank and the reward head, not all parameters; libtorch does.",
        HelpName = "n",
    };

    private readonly Option<double> _alpha = new("--lora-alpha")
    {
        Description = "What adapters add is multiplied by this over the rank.",
        HelpName = "n",
        DefaultValueFactory = _ => _defaults.Alpha,
    };

    private readonly Option<string> _modules = new("--lora-modules")
    {
        Description = "The matrices that get adapters.",
        HelpName = "names",
        DefaultValueFactory = _ => string.Join(',', _defaults.TargetModules),
    };

    /// <summary>Each option with the name that the library's messages call it by.</summary>
    public IEnumerable<(string Property, Option Option)> Names =>
    [
        (nameof(LoraOptions.Rank), _rank),
        (nameof(LoraOptions.Alpha), _alpha),
        (nameof(LoraOptions.TargetModules), _modules),
    ];

    /// <summary>The adapters asked for; <see langword="null"/> if none are.</summary>
    /// <exception cref="UsageException">More is said about them, but not their rank.</exception>
    public LoraOptions? Read(ParseResult parsed)
    {
        if (parsed.GetResult(_rank) is { Implicit: false })
        {
            return new LoraOptions
            {
                Rank = parsed.GetValue(_rank),
                Alpha = parsed.GetValue(_alpha),
                TargetModules = parsed.GetRequiredValue(_modules).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            };
        }

        foreach (Option option in (ReadOnlySpan<Option>)[_alpha, _modules])
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw new UsageException($"{option.Name} is about adapters: give {_rank.Name}, too.");
            }
        }

        return null;
    }
}
