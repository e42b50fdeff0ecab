using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Devices;

namespace ToolRM.TorchSharp.Planning;

/// <summary>
/// Chooses type, attention and layout for a device, a model and a batch: a pure function. What is asked for is taken or refused,
/// never replaced.
/// </summary>
internal static class KernelSelector
{
    /// <summary>Of a device's memory, what weights and a layer's activations may take together.</summary>
    private const double UsableMemory = 0.9;

    private const double Gigabyte = 1e9;

    /// <summary>The kernels for a batch.</summary>
    /// <param name="device">What computes it.</param>
    /// <param name="config">The model's shape.</param>
    /// <param name="parameters">Number of the model's parameters, which takes longer to count than the rest.</param>
    /// <param name="batch">What is computed.</param>
    /// <param name="preference">What is asked for.</param>
    /// <exception cref="DeviceException">A kernel asked for cannot run, or the model's weights do not fit into the device's memory.</exception>
    public static KernelChoice Select(
        DeviceCapabilities device, DecoderConfig config, long parameters, BatchShape batch, KernelPreference preference)
    {
        ComputeType type = preference.Type ?? KernelRules.Usual(device);
        if (KernelRules.WhyNot(type, device) is { } reason)
        {
            throw Refused(Word(type), device, reason);
        }

        double weights = CheckMemory(device, parameters, type);
        LayoutKind[] layouts = preference.Layout is { } asked ? [asked] : [LayoutKind.Packed, LayoutKind.Padded];
        LayoutCost?[] costs = [.. layouts.Select(layout => Cost(layout, device, config, batch, type, preference.Attention))];
        LayoutCost[] possible = [.. costs.OfType<LayoutCost>()];
        if (possible.Length == 0)
        {
            AttentionKernel kernel = preference.Attention!.Value;
            bool needsMask = layouts[^1] == LayoutKind.Packed && batch.BranchPairs > 0;
            throw Refused(Word(kernel), device, KernelRules.WhyNot(kernel, device, type, config.HeadSize, needsMask)!);
        }

        LayoutCost[] fitting = [.. possible.Where(cost => weights + cost.Bytes <= UsableMemory * device.Memory)];
        LayoutCost best = fitting.Length > 0 ? fitting.MinBy(cost => cost.Work)! : possible.MinBy(cost => cost.Bytes)!;
        return new KernelChoice(device, type, best.Attention, best.Layout, string.Join("; ", Reasons(device, type, preference, batch, best, possible, fitting)));
    }

    /// <summary>The cost of a layout; <see langword="null"/> if the attention asked for cannot compute it.</summary>
    private static LayoutCost? Cost(
        LayoutKind layout, DeviceCapabilities device, DecoderConfig config, BatchShape batch, ComputeType type, AttentionKernel? asked)
    {
        bool needsMask = layout == LayoutKind.Packed && batch.BranchPairs > 0;
        if (asked is { } kernel && KernelRules.WhyNot(kernel, device, type, config.HeadSize, needsMask) is not null)
        {
            return null;
        }

        return LayoutCost.Of(
            layout,
            batch,
            config,
            type,
            asked ?? KernelRules.Fastest(device, type, config.HeadSize, needsMask: false),
            asked ?? KernelRules.Fastest(device, type, config.HeadSize, needsMask: true));
    }

    /// <summary>The bytes of the weights, which must fit whatever the batch.</summary>
    private static double CheckMemory(DeviceCapabilities device, long parameters, ComputeType type)
    {
        int width = type is ComputeType.BFloat16 or ComputeType.Float16 ? sizeof(short) : sizeof(float);
        double weights = (double)width * parameters;
        return weights <= UsableMemory * device.Memory ? weights : throw new DeviceException(FormattableString.Invariant(
            $"The model does not fit: its weights take {weights / Gigabyte:F1} GB in {Word(type)}, but {device.Description} ({device.Device}) has ")
            + FormattableString.Invariant($"{device.Memory / Gigabyte:F1} GB. Use a device with more memory, or a smaller model."));
    }

    private static IEnumerable<string> Reasons(
        DeviceCapabilities device,
        ComputeType type,
        KernelPreference preference,
        BatchShape batch,
        LayoutCost best,
        LayoutCost[] possible,
        LayoutCost[] fitting)
    {
        string capability = device.IsCuda ? $" of compute capability {device.Capability}" : "";
        yield return $"{Word(type)} {(preference.Type is null ? $"is usual for {device.Description}{capability}" : "asked for")}";
        bool needsMask = best.Layout == LayoutKind.Packed && batch.BranchPairs > 0;
        yield return $"{Word(best.Attention)} attention {(preference.Attention is null ? $"is the fastest {(needsMask ? "with" : "without")} a mask" : "asked for")}";
        LayoutCost? other = possible.FirstOrDefault(cost => cost != best);
        yield return $"{Word(best.Layout)} " + (
            preference.Layout is not null ? "asked for"
            : other is null ? "is the only layout for that attention"
            : FormattableString.Invariant($"computes {best.Rows} rows and {best.Pairs:F0} pairs of tokens, {Word(other.Layout)} {other.Rows} and {other.Pairs:F0}")
                + (fitting.Length == 1 ? ", which would not fit into memory" : "")
                + FormattableString.Invariant($" ({100 * batch.SharedShare:F0} % of the sequences' tokens are shared)"));
        if (fitting.Length == 0)
        {
            yield return "the batch may not fit into memory";
        }
    }

    private static DeviceException Refused(string kernel, DeviceCapabilities device, string reason) => new(
        $"The kernel '{kernel}' was asked for, but cannot run on {device.Device}: {reason}. Ask for another, or leave the choice to the selector "
        + $"(the option and the variable {KernelPreference.Variable} unset).");

    public static string Word(ComputeType type) => type switch
    {
        ComputeType.TensorFloat32 => KernelWords.TensorFloat32,
        ComputeType.Float16 => KernelWords.Float16,
        ComputeType.BFloat16 => KernelWords.BFloat16,
        _ => KernelWords.Float32,
    };

    public static string Word(AttentionKernel kernel) => kernel switch
    {
        AttentionKernel.Flash => KernelWords.Flash,
        AttentionKernel.MemoryEfficient => KernelWords.MemoryEfficient,
        AttentionKernel.Fused => KernelWords.Fused,
        _ => KernelWords.Math,
    };

    public static string Word(LayoutKind layout) => layout == LayoutKind.Packed ? KernelWords.Packed : KernelWords.Padded;
}
