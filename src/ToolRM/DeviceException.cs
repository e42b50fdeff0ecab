namespace ToolRM;

/// <summary>
/// A device or kernel was asked for that is not there or cannot run the model (<see cref="RewardModelOptions.Device"/>,
/// <see cref="RewardModelOptions.Kernel"/>): its package or driver is missing, its memory is too small, or its library failed. The message says what to do;
/// nothing else is ever taken in its place.
/// </summary>
public sealed class DeviceException : ToolRMException
{
    internal DeviceException(string message) : base(message)
    {
    }

    internal DeviceException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
