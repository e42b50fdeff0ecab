namespace ToolRM.TorchSharp;

/// <summary>The kernels that were chosen give other rewards than plain float32 arithmetic does, or none: nothing is scored with them.</summary>
public sealed class KernelCheckException : ToolRMException
{
    internal KernelCheckException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
