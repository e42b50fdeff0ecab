using ToolRM.Engines;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Planning;

/// <summary>Chooses a plan.</summary>
internal static class TorchPlanner
{
    /// <summary>The plan for a request.</summary>
    /// <exception cref="ToolRMException">The request names kernels that there are not.</exception>
    public static TorchPlan Choose(EngineRequest request)
    {
        string device = request.Device is "auto" ? (cuda.is_available() ? "cuda:0" : "cpu") : request.Device is "cuda" ? "cuda:0" : request.Device;
        bool isGpu = device != "cpu";
        var plan = new TorchPlan(
            device, isGpu ? ScalarType.BFloat16 : ScalarType.Float32, isGpu ? AttentionKind.Fused : AttentionKind.Math, LayoutKind.Packed,
            AllowsTf32: false, request.Threads, isGpu ? "a GPU" : "the processor");
        foreach (string word in request.Kernel?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            plan = Force(plan, word) with { Reason = "asked for" };
        }

        return plan;
    }

    private static TorchPlan Force(TorchPlan plan, string word) => word switch
    {
        "float32" => plan with { Compute = ScalarType.Float32 },
        "tf32" => plan with { Compute = ScalarType.Float32, AllowsTf32 = true },
        "bfloat16" => plan with { Compute = ScalarType.BFloat16 },
        "float16" => plan with { Compute = ScalarType.Float16 },
        "math" => plan with { Attention = AttentionKind.Math },
        "fused" => plan with { Attention = AttentionKind.Fused },
        "packed" => plan with { Layout = LayoutKind.Packed },
        "padded" => plan with { Layout = LayoutKind.Padded },
        _ => throw new ToolRMException(
            $"There is no kernel '{word}' on libtorch. Say some of float32, tf32, bfloat16, float16; math, fused; packed, padded; separated by commas."),
    };
}
