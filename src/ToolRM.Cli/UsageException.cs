namespace ToolRM.Cli;

/// <summary>Options that contradict each other or are out of range: wrong usage that shows only when all are read.</summary>
internal sealed class UsageException(string message) : Exception(message);
