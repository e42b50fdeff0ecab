namespace ToolRM.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>Stopped by Ctrl-C (128 + SIGINT).</summary>
    public const int Stopped = 130;
}
