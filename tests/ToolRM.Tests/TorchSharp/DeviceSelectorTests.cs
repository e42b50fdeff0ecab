using ToolRM.Engines;
using ToolRM.TorchSharp.Devices;

namespace ToolRM.Tests.TorchSharp;

public sealed class DeviceSelectorTests
{
    private static readonly DeviceInventory _nothing = new(CudaProbe.None("there is no CUDA driver"), LibTorchHasCuda: false, HasMps: false, 16 * TestDevices.Gigabyte);
    private static readonly DeviceInventory _apple = _nothing with { HasMps = true };
    private static readonly DeviceInventory _two = _nothing with
    {
        Cuda = new CudaProbe(
            [TestDevices.Cuda(0, "7.5", 16 * TestDevices.Gigabyte), TestDevices.Cuda(1, "9.0", 80 * TestDevices.Gigabyte)], 12080, Problem: null),
        LibTorchHasCuda = true,
    };

    [Fact]
    public void Auto_takes_the_largest_CUDA_device_else_Apples_else_the_processor()
    {
        Select("auto", _two).Should().Be(new SelectedDevice(
            DeviceCapabilities.OfCuda(_two.Cuda.Devices[1]), "the CUDA device with the most memory of 2, its driver knows CUDA up to 12.8"));
        Select("auto", _apple).Capabilities.Device.Should().Be(new DeviceName(DeviceKind.Mps));
        SelectedDevice processor = Select("auto", _nothing);
        processor.Capabilities.Device.Should().Be(new DeviceName(DeviceKind.LibTorch));
        processor.Reason.Should().Be("no graphics processor: there is no CUDA driver");
        Select("auto", _two with { LibTorchHasCuda = false }).Reason.Should().Contain("finds no CUDA").And.Contain("TorchSharp-cuda-linux")
            .And.EndWith("a driver for CUDA 12.8 (its driver knows CUDA up to 12.8)");
    }

    [Theory]
    [InlineData("cuda", 0)]
    [InlineData("cuda:1", 1)]
    public void A_CUDA_device_is_found_by_its_number(string name, int index)
    {
        DeviceCapabilities found = Select(name, _two).Capabilities;
        found.Should().Be(DeviceCapabilities.OfCuda(_two.Cuda.Devices[index]));
        found.Capability.ToString().Should().Be(index == 0 ? "7.5" : "9.0");
    }

    [Fact]
    public void Devices_that_are_not_there_are_refused()
    {
        Refusal("cuda:2", _two).Should().Be("The device 'cuda:2' was asked for, but this machine has only cuda:0 (Test 0), cuda:1 (Test 1).");
        Refusal("cuda", _nothing).Should().StartWith("The device 'cuda:0' was asked for, but there is no CUDA driver.");
        Refusal("cuda", _two with { LibTorchHasCuda = false }).Should().Contain("the application's libtorch finds no CUDA, though the driver has Test 0");
        Refusal("mps", _two).Should().Contain("this is no Apple silicon");
    }

    [Fact]
    public void The_processor_and_Apples_device_have_the_memory_of_the_machine()
    {
        Select("libtorch", _two).Should().Be(new SelectedDevice(
            DeviceCapabilities.OfHost(DeviceKind.LibTorch, 16 * TestDevices.Gigabyte), "asked for"));
        Select("mps", _apple).Capabilities.Memory.Should().Be(16 * TestDevices.Gigabyte);
    }

    [Fact]
    public void Capabilities_are_ordered()
    {
        new ComputeCapability(8, 6).Should().BeGreaterThan(new ComputeCapability(8, 0)).And.BeLessThan(new ComputeCapability(12, 0));
        (new ComputeCapability(7, 5) >= new ComputeCapability(8, 0)).Should().BeFalse();
        (new ComputeCapability(8, 0) >= new ComputeCapability(8, 0)).Should().BeTrue();
    }

    private static SelectedDevice Select(string name, DeviceInventory inventory) => DeviceSelector.Select(DeviceName.Parse(name), inventory);

    private static string Refusal(string name, DeviceInventory inventory)
    {
        Action select = () => Select(name, inventory);
        return select.Should().Throw<DeviceException>().Which.Message;
    }
}
