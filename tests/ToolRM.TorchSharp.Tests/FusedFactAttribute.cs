using ToolRM.TorchSharp.Attention;

namespace ToolRM.TorchSharp.Tests;

/// <summary>A test of libtorch's own attention; skipped, with the reason, where this libtorch has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FusedFactAttribute : FactAttribute
{
    public FusedFactAttribute() => Skip = LibTorch.WhyNotFused;
}

/// <summary>As <see cref="FusedFactAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FusedTheoryAttribute : TheoryAttribute
{
    public FusedTheoryAttribute() => Skip = LibTorch.WhyNotFused;
}

/// <summary>A test of what is said where this libtorch has no attention of its own; skipped, with the reason, where it has.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnfusedFactAttribute : FactAttribute
{
    public UnfusedFactAttribute() => Skip = LibTorch.WhyNotFused is null ? "This libtorch has fused attention." : null;
}

/// <summary>What the libtorch of these tests has.</summary>
internal static class LibTorch
{
    /// <summary>Why tests of fused attention cannot run; <see langword="null"/> if they can.</summary>
    public static string? WhyNotFused { get; } = Ask();

    private static string? Ask()
    {
        try
        {
            TorchRuntime.Open("cpu");
            return FusedAttention.IsThere ? null : "This libtorch has no fused attention.";
        }
        catch (ToolRMException error)
        {
            return error.Message;
        }
    }
}
