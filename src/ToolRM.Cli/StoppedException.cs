namespace ToolRM.Cli;

/// <summary>Stopped by the user, with a message that says how to go on.</summary>
internal sealed class StoppedException(string message, Exception innerException) : OperationCanceledException(message, innerException);
