namespace ToolRM.Engines;

/// <summary>Which kernels run a model.</summary>
/// <param name="Device">For example <c>cpu</c>.</param>
/// <param name="ElementType">Type of the arithmetic, for example <c>float32</c>.</param>
/// <param name="Matmul">Matrix kernel: <c>avx512</c>, <c>avx2</c>, <c>advsimd</c> or <c>scalar</c>.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="Reason">Why this was chosen, in words.</param>
internal sealed record KernelPlan(string Device, string ElementType, string Matmul, int Threads, string Reason);
