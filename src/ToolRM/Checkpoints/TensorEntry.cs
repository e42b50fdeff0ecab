namespace ToolRM.Checkpoints;

/// <summary>A tensor in a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its element type as the file calls it.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its dimensions; empty for a single number.</param>
/// <param name="Count">Number of values.</param>
/// <param name="Begin">Index of its first byte in the data.</param>
/// <param name="End">Index after its last byte in the data.</param>
internal sealed record TensorEntry(string Name, string TypeName, TensorType Type, long[] Shape, long Count, long Begin, long End)
{
    /// <summary>Bytes of one value of a readable type.</summary>
    public int ElementSize => SizeOf(Type);

    /// <summary>The shape in words, for messages.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    public static int SizeOf(TensorType type) => type switch
    {
        TensorType.F64 => sizeof(double),
        TensorType.F32 => sizeof(float),
        TensorType.F16 or TensorType.BF16 => sizeof(ushort),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The size of this type is not known."),
    };
}
