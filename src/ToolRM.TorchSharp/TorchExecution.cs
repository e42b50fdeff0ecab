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
    private static readonly SharedSettings<CudaSettings> _cuda = new(settings =>
    {
        backends.cuda.matmul.allow_tf32 = settings.TensorFloat32;
        backends.cuda.enable_flash_sdp(settings.Flash);
    });

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

    /// <summary>Sets what libtorch keeps for the whole process, for one pass: another engine may want it otherwise.</summary>
    public SharedSettings<CudaSettings>.Use Enter()
    {
        if (Device.type == DeviceType.CUDA)
        {
            return _cuda.Enter(new CudaSettings(Plan.Type == ComputeType.TensorFloat32, Plan.AllowsFlash));
        }

        // Of threads a pass may have more or fewer: they make no difference to its result.
        if (Device.type == DeviceType.CPU && get_num_threads() != Plan.Threads)
        {
            set_num_threads(Plan.Threads);
        }

        return default;
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

/// <summary>What libtorch may use of a graphics processor of NVIDIA.</summary>
/// <param name="TensorFloat32">Whether products of float32 are rounded to tf32.</param>
/// <param name="Flash">Whether attention may be the flash kernel.</param>
internal readonly record struct CudaSettings(bool TensorFloat32, bool Flash);
