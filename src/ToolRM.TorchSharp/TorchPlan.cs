using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Attention;
using ToolRM.TorchSharp.Devices;
using ToolRM.TorchSharp.Planning;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp;

/// <summary>What runs a model on libtorch: a device, a type, and for each forest the layout and attention that suit it.</summary>
/// <param name="selected">The device and why it is this one.</param>
/// <param name="config">The model.</param>
/// <param name="preference">Kernels that are asked for.</param>
/// <param name="request">Threads, and the tokens of a full forest.</param>
internal sealed class TorchPlan(SelectedDevice selected, DecoderConfig config, KernelPreference preference, EngineRequest request)
{
    /// <summary>What prompts and candidates are taken to be like where only a forest's size is known.</summary>
    private const int PromptTokens = 1024, Candidates = 8, CandidateTokens = 128;

    private readonly DeviceCapabilities _device = selected.Capabilities;
    private readonly long _parameters = ParameterLayout.TotalCount(config);
    private KernelChoice? _always;

    /// <summary>The device and why it is this one.</summary>
    public SelectedDevice Selected => selected;

    /// <summary>libtorch's name of the device.</summary>
    public string DeviceName => _device.LibTorchName;

    /// <summary>Whether the device is the processor.</summary>
    public bool IsProcessor => !_device.IsCuda && !_device.IsMps;

    /// <summary>The type of products; the same for every forest.</summary>
    public ComputeType Type => preference.Type ?? KernelRules.Usual(_device);

    /// <summary>The type of tensors.</summary>
    public ScalarType Compute => Type switch
    {
        ComputeType.BFloat16 => ScalarType.BFloat16,
        ComputeType.Float16 => ScalarType.Float16,
        _ => ScalarType.Float32,
    };

    /// <summary>Threads of work on the processor.</summary>
    public int Threads => request.Threads;

    /// <summary>Whether libtorch may take its flash kernel where it can: unless another was asked for.</summary>
    public bool AllowsFlash => preference.Attention != AttentionKernel.MemoryEfficient;

    /// <summary>The plan that others are checked against, on the same device and the same weights: it needs no memory for others.</summary>
    public TorchPlan Reference
    {
        get
        {
            var plain = new KernelPreference(ComputeType.Float32, AttentionKernel.Math, LayoutKind.Packed);
            return new TorchPlan(selected, config, plain, request)
            {
                _always = new KernelChoice(_device, ComputeType.Float32, AttentionKernel.Math, LayoutKind.Packed, "the reference"),
            };
        }
    }

    /// <summary>A plan for a request. Opens the device.</summary>
    /// <exception cref="DeviceException">The device or libtorch is not there, or the kernels asked for are none.</exception>
    public static TorchPlan Choose(DecoderConfig config, EngineRequest request)
    {
        DeviceCapabilities found = DeviceSelector.Select(Engines.DeviceName.Parse(request.Device), TorchRuntime.FindDevices()).Capabilities;
        TorchRuntime.Open(found.LibTorchName);
        var selected = new SelectedDevice(found with { HasFusedAttention = FusedAttention.IsThere }, request.DeviceReason);
        return new TorchPlan(selected, config, KernelPreference.Of(request.Kernel), request);
    }

    /// <summary>A plan for training: gradients vanish in float16 below 6e-8, so products are not computed in it.</summary>
    /// <exception cref="DeviceException">As for <see cref="Choose"/>, or float16 was asked for.</exception>
    public static TorchPlan ChooseForTraining(DecoderConfig config, EngineRequest request)
    {
        TorchPlan plan = Choose(config, request);
        return plan.Type != ComputeType.Float16 ? plan
            : KernelPreference.Of(request.Kernel) is { Type: null } open
                ? new TorchPlan(plan.Selected, config, open with { Type = ComputeType.Float32 }, request)
                : throw new DeviceException("The kernel 'float16' was asked for, but training needs the range of bfloat16 or float32: ask for one of these.");
    }

    /// <summary>The kernels for a forest.</summary>
    /// <exception cref="DeviceException">The kernels asked for cannot compute it, or the model does not fit.</exception>
    public KernelChoice For(TokenForest forest) => _always ?? KernelSelector.Select(_device, config, _parameters, BatchShape.Of(forest), preference);

    /// <summary>The plans that <see cref="For"/> may come to, each with one layout.</summary>
    public IEnumerable<TorchPlan> Layouts() =>
        from layout in preference.Layout is { } asked ? [asked] : Enum.GetValues<LayoutKind>()
        select new TorchPlan(selected, config, preference with { Layout = layout }, request);

    /// <summary>The plan as it is shown to users, for forests of the usual kind.</summary>
    /// <exception cref="DeviceException">The kernels asked for cannot run on the device, or the model does not fit.</exception>
    public KernelPlan Describe()
    {
        int trees = Math.Max(1, request.TokenBudget / (PromptTokens + (Candidates * CandidateTokens)));
        KernelChoice usual = KernelSelector.Select(
            _device, config, _parameters, BatchShape.Uniform(trees, PromptTokens, Candidates, CandidateTokens), preference);
        return new KernelPlan(
            DeviceName,
            KernelSelector.Word(usual.Type),
            $"libtorch {KernelSelector.Word(usual.Attention)},{KernelSelector.Word(usual.Layout)}",
            request.Threads,
            $"{_device.Description}: {selected.Reason}; {usual.Reason}");
    }
}
