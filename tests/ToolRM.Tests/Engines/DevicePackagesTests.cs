using ToolRM.Engines;

namespace ToolRM.Tests.Engines;

public sealed class DevicePackagesTests
{
    [Theory]
    [InlineData("cuda", OperatingSystemKind.Linux, "TorchSharp-cuda-linux")]
    [InlineData("cuda:1", OperatingSystemKind.Windows, "TorchSharp-cuda-windows")]
    [InlineData("libtorch", OperatingSystemKind.Linux, "TorchSharp-cpu")]
    [InlineData("libtorch", OperatingSystemKind.MacOS, "TorchSharp-cpu")]
    [InlineData("mps", OperatingSystemKind.MacOS, "TorchSharp-cpu")]
    public void A_missing_package_is_named_with_the_command_that_adds_it(string device, object system, string runtime)
    {
        string message = DevicePackages.Missing(DeviceName.Parse(device), (OperatingSystemKind)system).Message;
        message.Should().StartWith($"The device '{DeviceName.Parse(device)}'").And.Contain("dotnet add package ToolRM.TorchSharp")
            .And.Contain($"dotnet add package {runtime}'").And.Contain($"-p:TorchSharpRuntime={runtime}.");
    }

    [Theory]
    [InlineData("cuda", OperatingSystemKind.MacOS, "no CUDA for macOS")]
    [InlineData("mps", OperatingSystemKind.Linux, "Apple silicon")]
    [InlineData("mps", OperatingSystemKind.Windows, "Apple silicon")]
    public void Where_no_package_helps_none_is_named(string device, object system, string reason) =>
        DevicePackages.Missing(DeviceName.Parse(device), (OperatingSystemKind)system).Message
            .Should().Contain(reason).And.NotContain("dotnet add");
}
