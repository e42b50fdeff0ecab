namespace ToolRM.Engines;

/// <summary>
/// The words by which kernels of the package <c>ToolRM.TorchSharp</c> are asked for: at most one type, one attention and one layout,
/// separated by commas or plus signs.
/// </summary>
internal static class KernelWords
{
    public const string Float32 = "float32", TensorFloat32 = "tf32", Float16 = "float16", BFloat16 = "bfloat16";

    public const string Flash = "flash", MemoryEfficient = "memory-efficient", Fused = "fused", Math = "math";

    public const string Packed = "packed", Padded = "padded";

    /// <summary>All of them, as messages show them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Float32, TensorFloat32, Float16, BFloat16, Flash, MemoryEfficient, Fused, Math, Packed, Padded];

    /// <summary>The words of a text.</summary>
    public static string[] Split(string text) => text.Split([',', '+']);

    /// <summary>Whether a text is made of these words alone.</summary>
    public static bool AreIn(string text) => Array.TrueForAll(Split(text), word => All.Contains(word));
}
