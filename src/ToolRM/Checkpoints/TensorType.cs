namespace ToolRM.Checkpoints;

/// <summary>Element types of tensors that can be read; the names are those of the safetensors format.</summary>
internal enum TensorType
{
    /// <summary>Any type that is listed but cannot be read as float32.</summary>
    Other,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>The upper half of a single.</summary>
    BF16,

    /// <summary>IEEE double precision.</summary>
    F64,
}
