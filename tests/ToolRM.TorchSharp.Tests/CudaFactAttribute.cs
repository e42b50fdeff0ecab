namespace ToolRM.TorchSharp.Tests;

/// <summary>A test that needs an NVIDIA GPU; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CudaFactAttribute : FactAttribute
{
    private static readonly string? Missing = Reason();

    public CudaFactAttribute() => Skip = Missing;

    private static string? Reason()
    {
        try
        {
            TorchRuntime.Open("cuda:0");
            return null;
        }
        catch (ToolRMException error)
        {
            return "No CUDA device: " + error.Message;
        }
    }
}
