using ToolRM.Engines;
using ToolRM.TorchSharp.Attention;
using ToolRM.TorchSharp.Planning;
using ToolRM.TorchSharp.Rows;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp;

/// <summary>What a plan means for libtorch: a device with its settings, attention, and how forests are laid out.</summary>
internal sealed class TorchExecution
{
    private readonly FusedAttention _fused;
    private readonly MathAttention _math = new();
    private readonly int? _padTokenId;

    /// <exception cref="DeviceException">libtorch, the device or fused attention is not there.</exception>
    public TorchExecution(TorchPlan plan, int? padTokenId)
    {
        Plan = plan;
        _padTokenId = padTokenId;
        Device = TorchRuntime.Open(plan.DeviceName);
        _fused = new FusedAttention(plan.Compute);
    }

    public TorchPlan Plan { get; }

    public Device Device { get; }

    /// <summary>Sets what libtorch keeps for the whole process; before every pass, as another engine may have set it otherwise.</summary>
    public void Enter()
    {
        if (Device.type == DeviceType.CUDA)
        {
            backends.cuda.matmul.allow_tf32 = Plan.Type == ComputeType.TensorFloat32;
            backends.cuda.enable_flash_sdp(Plan.AllowsFlash);
        }
        else if (Device.type == DeviceType.CPU && get_num_threads() != Plan.Threads)
        {
            set_num_threads(Plan.Threads);
        }
    }

    /// <summary>Lays out a forest; in the caller's scope.</summary>
    public ForestRows Lay(TokenForest forest)
    {
        KernelChoice choice = Plan.For(forest);
        IAttention attention = choice.Attention == AttentionKernel.Math ? _math : _fused;
        return choice.Layout == LayoutKind.Packed
            ? PackedRows.Create(forest, _padTokenId, attention, Device)
            : PaddedRows.Create(forest, _padTokenId, attention, Device);
    }
}
