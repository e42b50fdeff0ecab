using Microsoft.Extensions.Logging;

namespace ToolRM.Cli.Output;

/// <summary>Writes what the library logs as lines on standard error: warnings always, the rest when verbose.</summary>
internal sealed class TerminalLogger(Terminal terminal) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= (terminal.IsVerbose ? LogLevel.Debug : LogLevel.Warning);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            terminal.Line($"{NameOf(logLevel)}: {OneLine.Of(formatter(state, exception))}");
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Warning => "warning",
        LogLevel.Error or LogLevel.Critical => "error",
        _ => "info",
    };
}
