namespace ToolRM;

/// <summary>
/// A device (<see cref="RewardModelOptions.Device"/>) has too little free memory, even for the smallest piece of the work: the model, a
/// single sequence, or in training a single pair. The message says what can be made smaller.
/// </summary>
public sealed class OutOfDeviceMemoryException : ToolRMException
{
    internal OutOfDeviceMemoryException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
