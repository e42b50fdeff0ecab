using System.CommandLine;
using System.CommandLine.Parsing;
using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Prompts;

namespace ToolRM.Cli.Options;

/// <summary>Options that several verbs have, each worded once.</summary>
internal static class SharedOptions
{
    private const string Float32 = "float32", Int8 = "int8";

    public static Option<bool> Json() => new("--json") { Description = "Print JSON on standard output, for other programs." };

    public static Option<bool> SkipBadRows() => new("--skip-bad-rows")
    {
        Description = "Skip and count rows that cannot be read, instead of ending at the first.",
    };

    public static Option<int> Threads()
    {
        var option = new Option<int>("--threads")
        {
            Description = "Threads to compute with.",
            HelpName = "n",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        option.Validators.Add(AtLeastOne);
        return option;
    }

    public static Option<int?> MaxLength(string description)
    {
        var option = new Option<int?>("--max-length") { Description = description, HelpName = "tokens" };
        option.Validators.Add(AtLeastOne);
        return option;
    }

    public static Option<string?> Template()
    {
        var option = new Option<string?>("--template")
        {
            Description = "The prompt template, if the model does not name its own.",
            HelpName = "name",
        };
        option.AcceptOnlyFromAmong([.. PromptTemplate.Names]);
        return option;
    }

    public static Option<string?> Kernel()
    {
        var option = new Option<string?>("--kernel")
        {
            Description = $"The kernel, default the fastest: {KernelNames}.",
            HelpName = "name",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }] && !IsKernel(text))
            {
                result.AddError($"--kernel must be one of {KernelNames}; found '{text}'.");
            }
        });
        return option;
    }

    /// <summary>The kernels that there are somewhere, in words.</summary>
    public static string KernelNames =>
        $"{string.Join(", ", CpuKernelSelector.Names)} (for libtorch {string.Join(", ", KernelWords.All)}, several joined by +)";

    /// <summary>Whether it names a kernel, of whatever device.</summary>
    public static bool IsKernel(string text) => CpuKernelSelector.IsName(text) || KernelWords.AreIn(text);

    public static Option<string> Device()
    {
        var option = new Option<string>("--device")
        {
            Description = $"What computes: {DeviceName.Syntax}. All but cpu need libtorch; auto is a graphics processor if there is one, else cpu.",
            HelpName = "name",
            DefaultValueFactory = _ => new RewardModelOptions().Device,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }] && !DeviceName.TryParse(text, out _))
            {
                result.AddError($"--device must be {DeviceName.Syntax}; found '{text}'.");
            }
        });
        return option;
    }

    /// <summary>The arithmetic of the transformer; <see cref="ElementTypeOf"/> reads it.</summary>
    public static Option<string> ElementType()
    {
        var option = new Option<string>("--element-type")
        {
            Description = "Arithmetic of products with weights: int8 is faster and a little less exact.",
            HelpName = "type",
            DefaultValueFactory = _ => Float32,
        };
        option.AcceptOnlyFromAmong(Float32, Int8);
        return option;
    }

    /// <summary>What <see cref="ElementType"/> was set to.</summary>
    public static ElementType ElementTypeOf(string? name) => name == Int8 ? ToolRM.ElementType.Int8 : ToolRM.ElementType.Float32;

    /// <summary>The files of a verb.</summary>
    /// <param name="description">What they hold.</param>
    /// <param name="isOptional">Whether standard input is read when there is none.</param>
    public static Argument<string[]> Files(string description, bool isOptional = false)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = $"{description}: JSON Lines, plain or gzip; - is standard input.",
            Arity = isOptional ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
            DefaultValueFactory = isOptional ? _ => ["-"] : null,
        };
        files.Validators.Add(NoUnknownOption);
        return files;
    }

    /// <summary>Refuses arguments that look like options: a mistyped option must not become the name of a file.</summary>
    public static void NoUnknownOption(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (token.Value.Length > 1 && token.Value[0] == '-')
            {
                result.AddError($"Unknown option '{token.Value}'. (A file of that name is ./{token.Value}.)");
            }
        }
    }

    /// <summary>Refuses numbers below 1.</summary>
    public static void AtLeastOne(OptionResult result)
    {
        if (result.Tokens is [{ Value: { } text }] && int.TryParse(text, out int value) && value < 1)
        {
            result.AddError($"{result.IdentifierToken?.Value} must be at least 1, but is {value}.");
        }
    }
}
