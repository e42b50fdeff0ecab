using ToolRM.Tests.Api;

namespace ToolRM.MLTokenizers.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void Public_surface_is_the_one_written_down() =>
        ApiFile.Compare(typeof(MLTokenizer).Assembly, "tests/ToolRM.MLTokenizers.Tests", "PublicApi.txt");
}
