using ToolRM.Engines;

namespace ToolRM.TorchSharp.Planning;

/// <summary>Kernels that are asked for; what is <see langword="null"/> is left to the selector.</summary>
internal sealed record KernelPreference(ComputeType? Type = null, AttentionKernel? Attention = null, LayoutKind? Layout = null)
{
    /// <summary>Asks for kernels in the whole process, where no option does: for example <c>TOOLRM_TORCH_KERNEL=float32,math</c>.</summary>
    public const string Variable = "TOOLRM_TORCH_KERNEL";

    /// <summary>Nothing is asked for.</summary>
    public static KernelPreference None { get; } = new();

    /// <summary>Reads the option, or else the environment variable.</summary>
    /// <exception cref="DeviceException">It has other words than <see cref="KernelWords"/>, or two of a kind.</exception>
    public static KernelPreference Of(string? option) => Parse(option ?? Environment.GetEnvironmentVariable(Variable));

    /// <summary>Reads words.</summary>
    /// <exception cref="DeviceException">It has other words than <see cref="KernelWords"/>, or two of a kind.</exception>
    public static KernelPreference Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return None;
        }

        KernelPreference preference = None;
        foreach (string word in KernelWords.Split(text))
        {
            KernelPreference next = word switch
            {
                KernelWords.Float32 => preference with { Type = ComputeType.Float32 },
                KernelWords.TensorFloat32 => preference with { Type = ComputeType.TensorFloat32 },
                KernelWords.Float16 => preference with { Type = ComputeType.Float16 },
                KernelWords.BFloat16 => preference with { Type = ComputeType.BFloat16 },
                KernelWords.Flash => preference with { Attention = AttentionKernel.Flash },
                KernelWords.MemoryEfficient => preference with { Attention = AttentionKernel.MemoryEfficient },
                KernelWords.Fused => preference with { Attention = AttentionKernel.Fused },
                KernelWords.Math => preference with { Attention = AttentionKernel.Math },
                KernelWords.Packed => preference with { Layout = LayoutKind.Packed },
                KernelWords.Padded => preference with { Layout = LayoutKind.Padded },
                _ => throw new DeviceException(
                    $"The kernel '{text}' was asked for, but '{word}' is none that libtorch has. "
                    + $"Expected at most one type, one attention and one layout of: {string.Join(", ", KernelWords.All)}."),
            };
            bool isSecond = (preference.Type is not null && next.Type != preference.Type)
                || (preference.Attention is not null && next.Attention != preference.Attention)
                || (preference.Layout is not null && next.Layout != preference.Layout);
            preference = isSecond ? throw new DeviceException($"The kernel '{text}' was asked for, but '{word}' contradicts a word before it.") : next;
        }

        return preference;
    }
}
