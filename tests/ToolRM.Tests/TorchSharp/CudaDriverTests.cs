using System.Runtime.InteropServices;
using ToolRM.TorchSharp.Devices;

namespace ToolRM.Tests.TorchSharp;

public sealed class CudaDriverTests
{
    [Fact]
    public void A_missing_driver_is_an_answer()
    {
        CudaProbe probe = CudaDriver.Probe("no-such-driver.so.1");
        probe.Devices.Should().BeEmpty();
        probe.DriverVersion.Should().Be(0);
        probe.Problem.Should().Be("there is no CUDA driver (no-such-driver.so.1 cannot be loaded)");
    }

    [Fact]
    public void A_library_that_is_no_driver_is_an_answer()
    {
        string library = Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(),
            OperatingSystem.IsWindows() ? "clrjit.dll" : OperatingSystem.IsMacOS() ? "libclrjit.dylib" : "libclrjit.so");
        CudaProbe probe = CudaDriver.Probe(library);
        probe.Devices.Should().BeEmpty();
        probe.Problem.Should().Be($"the CUDA driver is none or too old ({library} has no cuInit)");
    }

    [Fact]
    public void This_machine_has_devices_or_a_reason_why_not()
    {
        CudaProbe probe = CudaDriver.Probe();
        (probe.Problem is null).Should().Be(probe.Devices.Count > 0);
        probe.Devices.Should().NotContain(device => device.Name == "" || device.Memory < 1 || device.Capability.Major < 1 || device.Multiprocessors < 1);
        probe.Devices.Select(device => device.Index).Should().Equal(Enumerable.Range(0, probe.Devices.Count));
    }
}
