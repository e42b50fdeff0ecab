using System.Text;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using ToolRM.Cli.Input;
using ToolRM.Cli.Output;

namespace ToolRM.Cli;

/// <summary>Where a command reads and writes: results on standard output, everything else on standard error.</summary>
/// <param name="input">Standard input.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="isInteractive">Whether a person watches standard error, so that progress bars make sense.</param>
/// <param name="showsOutput">Whether a person watches standard output, so that progress would disturb results that stream.</param>
internal sealed class Terminal(Stream input, Stream output, TextWriter error, bool isInteractive = false, bool showsOutput = false)
{
    private const int TableWidth = 160;
    private readonly Lock _lock = new();

    /// <summary>Standard input.</summary>
    public Stream Input { get; } = input;

    /// <summary>Standard output.</summary>
    public Stream Output { get; } = output;

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Standard error for progress bars; <see langword="null"/> unless a person watches.</summary>
    public IAnsiConsole? Live { get; } = isInteractive
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) })
        : null;

    /// <summary>Whether a person watches standard output.</summary>
    public bool ShowsOutput { get; } = showsOutput;

    /// <summary>Whether to tell more.</summary>
    public bool IsVerbose { get; set; }

    /// <summary>Writes the library's warnings, and when verbose all it logs, to standard error.</summary>
    public ILogger Logger => new TerminalLogger(this);

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() => new(
        new InterruptibleStream(Console.OpenStandardInput()),
        StandardOutput.Open(),
        Console.Error,
        isInteractive: !Console.IsErrorRedirected,
        showsOutput: !Console.IsOutputRedirected);

    /// <summary>Writes a line to standard error, above a progress bar if there is one.</summary>
    public void Line(string text)
    {
        lock (_lock)
        {
            if (Live is { } console)
            {
                console.WriteLine(text);
            }
            else
            {
                Error.WriteLine(text);
            }
        }
    }

    /// <summary>A writer to standard output; disposing it flushes and leaves the stream open.</summary>
    public StreamWriter TextOutput() =>
        new(Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };

    /// <summary>Writes tables and text for people to standard output, without colours or control sequences.</summary>
    public void Show(Action<IAnsiConsole> write)
    {
        using StreamWriter text = TextOutput();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = TableWidth;
        write(console);
    }
}
