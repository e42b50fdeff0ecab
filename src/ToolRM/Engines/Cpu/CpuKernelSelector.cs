using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu;

/// <summary>The vector instructions of a processor that the matmul kernels can use.</summary>
/// <param name="Avx512">512-bit fused multiply-add.</param>
/// <param name="Avx2">256-bit fused multiply-add.</param>
/// <param name="AdvSimd">128-bit fused multiply-add of 64-bit Arm.</param>
/// <param name="AvxVnni">256-bit products of bytes.</param>
internal readonly record struct CpuCapabilities(bool Avx512, bool Avx2, bool AdvSimd, bool AvxVnni = false)
{
    /// <summary>What this machine has.</summary>
    public static CpuCapabilities Current => new(
        Avx512F.IsSupported && Vector512.IsHardwareAccelerated,
        System.Runtime.Intrinsics.X86.Avx2.IsSupported && Fma.IsSupported,
        System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported,
        System.Runtime.Intrinsics.X86.AvxVnni.IsSupported && Fma.IsSupported);
}

/// <summary>Chooses the matmul kernels: the fastest the processor has, unless one is asked for.</summary>
internal static class CpuKernelSelector
{
    /// <summary>Forces a kernel in the whole process, for example <c>TOOLRM_KERNEL=avx2</c>.</summary>
    public const string Variable = "TOOLRM_KERNEL";

    private static readonly string[] FastestFirst = ["avx512", "avx2", "advsimd", "scalar"];

    /// <summary>The kernels of all processors.</summary>
    public static IReadOnlyList<string> Names => FastestFirst;

    /// <summary>The kernels a processor can run, fastest first.</summary>
    public static IEnumerable<string> Available(CpuCapabilities cpu) => FastestFirst.Where(name => name switch
    {
        "avx512" => cpu.Avx512,
        "avx2" => cpu.Avx2,
        "advsimd" => cpu.AdvSimd,
        _ => true,
    });

    /// <summary>Whether it is the name of a kernel, of this or another processor.</summary>
    public static bool IsName(string? text) => FastestFirst.Contains(text);

    /// <summary>The plan for a processor.</summary>
    /// <param name="cpu">What it can do.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="preference">A kernel's name, or null for the fastest.</param>
    /// <param name="elementType">The arithmetic.</param>
    /// <exception cref="ToolRMException">The preferred kernel does not exist or cannot run here, or not in this arithmetic.</exception>
    public static KernelPlan Select(
        CpuCapabilities cpu, int threads, string? preference, ElementType elementType = ElementType.Float32)
    {
        string[] available = [.. Available(cpu)];
        if (preference != null && !available.Contains(preference))
        {
            string hint = KernelWords.AreIn(preference)
                ? "It is libtorch's: name a device that has it (libtorch, cuda or mps), choose one of these"
                : "Choose one of these";
            throw new ToolRMException(
                $"The matmul kernel '{preference}' was asked for, but this processor's own engine runs only {string.Join(", ", available)}. "
                + $"{hint}, or leave the option and the variable {Variable} unset.");
        }

        string reason = preference is null ? $"the fastest this processor has of {string.Join(", ", FastestFirst)}" : "asked for";
        var plan = new KernelPlan("cpu", "float32", preference ?? available[0], threads, reason);
        return elementType == ElementType.Int8 ? plan with { ElementType = "int8", Int8Matmul = Int8(cpu, preference) } : plan;
    }

    /// <summary>The kernel a plan names.</summary>
    public static MatmulKernel Create(KernelPlan plan) => plan.Matmul switch
    {
        "avx512" => new Avx512Kernel(),
        "avx2" => new Avx2Kernel(),
        "advsimd" => new AdvSimdKernel(),
        _ => new ScalarKernel(),
    };

    /// <summary>The int8 kernel a plan names, if it does.</summary>
    public static Int8Kernel? CreateInt8(KernelPlan plan) => plan.Int8Matmul switch
    {
        null => null,
        "avxvnni" => new AvxVnniInt8Kernel(),
        "avx512" => new Avx512Int8Kernel(),
        "avx2" => new Avx2Int8Kernel(),
        _ => new ScalarInt8Kernel(),
    };

    /// <summary>Who asks for a kernel gets it in int8 as well.</summary>
    private static string Int8(CpuCapabilities cpu, string? preference) => preference switch
    {
        "avx512" or "avx2" or "scalar" => preference,
        null when cpu.AvxVnni => "avxvnni",
        null when cpu.Avx512 => "avx512",
        null when cpu.Avx2 => "avx2",
        _ => throw new ToolRMException(
            "int8 was asked for, which needs AVX-VNNI, AVX-512 or AVX2, but "
            + (preference is null ? "this processor has none of them." : $"the kernel '{preference}' uses none of them.") + " Use float32."),
    };
}
