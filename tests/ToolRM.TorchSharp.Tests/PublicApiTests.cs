using ToolRM.Tests.Api;

namespace ToolRM.TorchSharp.Tests;

[Trait("Category", "TorchSharp")]
public sealed class PublicApiTests
{
    [Fact]
    public void Public_surface_is_the_one_written_down() =>
        ApiFile.Compare(typeof(KernelCheckException).Assembly, "tests/ToolRM.TorchSharp.Tests", "PublicApi.txt");
}
