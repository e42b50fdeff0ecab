using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ToolRM.Cli.Commands;
using ToolRM.Cli.Output;

namespace ToolRM.Cli;

/// <summary>The <c>toolrm</c> command: parses arguments, runs a verb, turns every outcome into an exit code and a line.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line. Never throws.</summary>
    /// <param name="arguments">The arguments after the command's name.</param>
    /// <param name="terminal">Where it reads and writes.</param>
    /// <param name="cancellationToken">Stops it, as Ctrl-C does.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken = default)
    {
        var verbose = new Option<bool>("--verbose", "-v")
        {
            Description = "Tell more on standard error: what was loaded and chosen, details of errors.",
            Recursive = true,
        };
        // Not a RootCommand: that one is called as the program's file, in a .NET tool not as the command.
        var root = new Command("toolrm", "Train, merge, score, rank, evaluate, inspect and measure tool-call reward models; read tool calls of any format.")
        {
            new HelpOption { Recursive = true },
            new VersionOption(),
            verbose,
            TrainCommand.Create(terminal),
            MergeCommand.Create(terminal),
            ScoreCommand.Create(terminal),
            RankCommand.Create(terminal),
            EvalCommand.Create(terminal),
            CanonicalizeCommand.Create(terminal),
            InspectCommand.Create(terminal),
            BenchCommand.Create(terminal),
        };
        try
        {
            ParseResult parsed = root.Parse(arguments);
            terminal.IsVerbose = parsed.GetValue(verbose);
            return await InvokeAsync(parsed, terminal, cancellationToken).ConfigureAwait(false);
        }
        catch (UsageException usage)
        {
            terminal.Line(usage.Message);
            return ExitCode.WrongUsage;
        }
        catch (StoppedException stopped)
        {
            terminal.Line(stopped.Message);
            return ExitCode.Stopped;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Line("toolrm: stopped");
            return ExitCode.Stopped;
        }
        catch (IOException error) when (StandardOutput.IsClosed(error))
        {
            // Whoever read the output has seen enough (head, a pager).
            return ExitCode.Done;
        }
        catch (Exception error)
        {
            terminal.Line($"toolrm: {OneLine.Of(Describe(error))}");
            if (terminal.IsVerbose)
            {
                terminal.Line(error.ToString());
            }

            return ExitCode.Failed;
        }
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using StreamWriter output = terminal.TextOutput();
        var usage = parsed.Action as ParseErrorAction;
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = usage is null ? output : terminal.Error,
            Error = terminal.Error,
        };
        // The whole help is an answer to "toolrm" alone; after a wrong option it would hide the line that says what is wrong.
        usage?.ShowHelp = parsed.CommandResult == parsed.RootCommandResult;
        int code = await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        return usage is null ? code : ExitCode.WrongUsage;
    }

    /// <summary>Errors that the library words itself are clear; of others the kind is part of what is known.</summary>
    private static string Describe(Exception error) => error switch
    {
        ToolRMException or IOException or UnauthorizedAccessException => error.Message,
        ArgumentException { ParamName: not null } => error.Message[..error.Message.IndexOf(" (Parameter", StringComparison.Ordinal)],
        _ => $"unexpected error, {error.GetType().Name}: {error.Message} (--verbose tells more)",
    };
}
