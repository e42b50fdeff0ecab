namespace ToolRM.TorchSharp;

/// <summary>The kernels that were chosen give other rewards than plain float32 arithmetic does: nothing is scored with them.</summary>
public sealed class KernelCheckException : ToolRMException
{
    internal KernelCheckException(string message)
        : base(message)
    {
    }
}
