namespace ToolRM.Training;

/// <summary>The saved state of a run cannot be continued: it is damaged, or belongs to other options, data or another model.</summary>
public sealed class TrainingStateException : ToolRMException
{
    internal TrainingStateException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
