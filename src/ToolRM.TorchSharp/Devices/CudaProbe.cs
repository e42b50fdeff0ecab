namespace ToolRM.TorchSharp.Devices;

/// <summary>What the CUDA driver of this machine told.</summary>
/// <param name="Devices">Its devices by their numbers; empty if there is no CUDA.</param>
/// <param name="DriverVersion">The newest CUDA that the driver knows, such as 12080 for 12.8; 0 if there is no driver.</param>
/// <param name="Problem">Why there is no CUDA, in words; <see langword="null"/> if there is.</param>
internal sealed record CudaProbe(IReadOnlyList<CudaDevice> Devices, int DriverVersion, string? Problem)
{
    /// <summary>The driver in words.</summary>
    public string Driver => FormattableString.Invariant($"its driver knows CUDA up to {DriverVersion / 1000}.{DriverVersion % 1000 / 10}");

    /// <summary>No CUDA, and why.</summary>
    public static CudaProbe None(string problem, int driverVersion = 0) => new([], driverVersion, problem);
}
