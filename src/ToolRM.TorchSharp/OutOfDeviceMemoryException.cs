namespace ToolRM.TorchSharp;

/// <summary>The device has too little free memory, even for the smallest piece of the work.</summary>
public sealed class OutOfDeviceMemoryException : ToolRMException
{
    internal OutOfDeviceMemoryException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
