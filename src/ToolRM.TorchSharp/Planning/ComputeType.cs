namespace ToolRM.TorchSharp.Planning;

/// <summary>The type of matrix products and attention; norms, softmax and the sum through the layers are in float32.</summary>
internal enum ComputeType
{
    Float32,

    /// <summary>Float32 in memory, products of 19-bit numbers (10 of mantissa): CUDA's tensor cores.</summary>
    TensorFloat32,

    Float16,

    BFloat16,
}
