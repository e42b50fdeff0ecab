using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu;

/// <summary>The vector instructions of a processor that the matmul kernels can use.</summary>
/// <param name="Avx512">512-bit fused multiply-add.</param>
/// <param name="Avx2">256-bit fused multiply-add.</param>
/// <param name="AdvSimd">128-bit fused multiply-add of 64-bit Arm.</param>
internal readonly record struct CpuCapabilities(bool Avx512, bool Avx2, bool AdvSimd)
{
    /// <summary>What this machine has.</summary>
    public static CpuCapabilities Current => new(
        Avx512F.IsSupported && Vector512.IsHardwareAccelerated,
        System.Runtime.Intrinsics.X86.Avx2.IsSupported && Fma.IsSupported,
        System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported);
}

/// <summary>Chooses the matmul kernel: the widest the processor has, unless one is asked for.</summary>
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
    /// <exception cref="ToolRMException">The preferred kernel does not exist or cannot run here.</exception>
    public static KernelPlan Select(CpuCapabilities cpu, int threads, string? preference)
    {
        string[] available = [.. Available(cpu)];
        if (preference is null)
        {
            return new KernelPlan("cpu", "float32", available[0], threads, $"the fastest this processor has of {string.Join(", ", FastestFirst)}");
        }

        return available.Contains(preference)
            ? new KernelPlan("cpu", "float32", preference, threads, "asked for")
            : throw new ToolRMException(
                $"The matmul kernel '{preference}' was asked for, but this processor runs only {string.Join(", ", available)}. " +
                $"Choose one of these, or leave the option and the variable {Variable} unset.");
    }

    /// <summary>The kernel a plan names.</summary>
    public static MatmulKernel Create(KernelPlan plan) => plan.Matmul switch
    {
        "avx512" => new Avx512Kernel(),
        "avx2" => new Avx2Kernel(),
        "advsimd" => new AdvSimdKernel(),
        _ => new ScalarKernel(),
    };
}
