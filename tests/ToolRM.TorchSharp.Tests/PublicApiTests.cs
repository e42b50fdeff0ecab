using ToolRM.Tests.Api;

namespace ToolRM.TorchSharp.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Public_surface_is_the_one_written_down() =>
        ApiFile.Compare(typeof(OutOfDeviceMemoryException).Assembly, "tests/ToolRM.TorchSharp.Tests", "PublicApi.txt");
}
