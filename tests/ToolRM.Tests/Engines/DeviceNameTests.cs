using ToolRM.Engines;

namespace ToolRM.Tests.Engines;

public sealed class DeviceNameTests
{
    [Theory]
    [InlineData("auto", DeviceKind.Auto, 0, "auto")]
    [InlineData("cpu", DeviceKind.Cpu, 0, "cpu")]
    [InlineData("libtorch", DeviceKind.LibTorch, 0, "libtorch")]
    [InlineData("cuda", DeviceKind.Cuda, 0, "cuda:0")]
    [InlineData("cuda:0", DeviceKind.Cuda, 0, "cuda:0")]
    [InlineData("cuda:12", DeviceKind.Cuda, 12, "cuda:12")]
    [InlineData("mps", DeviceKind.Mps, 0, "mps")]
    public void Names_are_read_and_written(string text, object kind, int index, string name)
    {
        DeviceName device = DeviceName.Parse(text);
        device.Should().Be(new DeviceName((DeviceKind)kind, index));
        device.ToString().Should().Be(name);
        DeviceName.Parse(name).Should().Be(device);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CUDA")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:1a")]
    [InlineData("cuda:99999999999")]
    [InlineData("cpu:0")]
    [InlineData("mps:0")]
    public void Other_text_is_an_error_that_tells_what_is_expected(string text)
    {
        DeviceName.TryParse(text, out _).Should().BeFalse();
        Action parse = () => DeviceName.Parse(text);
        parse.Should().Throw<DeviceException>().WithMessage($"'{text}' names no device. Expected auto, cpu, libtorch, cuda, cuda:N *");
    }
}
