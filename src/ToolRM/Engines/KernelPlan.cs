namespace ToolRM.Engines;

/// <summary>Which kernels run a model.</summary>
/// <param name="Device">For example <c>cpu</c>.</param>
/// <param name="ElementType">Type of the arithmetic: <c>float32</c> or <c>int8</c>, which is that of products with weights.</param>
/// <param name="Matmul">Matrix kernel: <c>avx512</c>, <c>avx2</c>, <c>advsimd</c> or <c>scalar</c>.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="Reason">Why this was chosen, in words.</param>
/// <param name="Int8Matmul">Kernel of products with int8 weights: <c>avxvnni</c>, <c>avx512</c>, <c>avx2</c> or <c>scalar</c>; null for float32.</param>
internal sealed record KernelPlan(
    string Device, string ElementType, string Matmul, int Threads, string Reason, string? Int8Matmul = null)
{
    /// <summary>The kernels in words.</summary>
    public string Kernels => Int8Matmul is null ? Matmul : $"{Int8Matmul} for weights and {Matmul} for attention";
}
