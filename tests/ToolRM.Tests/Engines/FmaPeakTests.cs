using ToolRM.Engines.Cpu;

namespace ToolRM.Tests.Engines;

public class FmaPeakTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Probe_ends_and_finds_a_plausible_rate(int threads)
    {
        const double Least = 1e6, Most = 1e13;

        FmaPeak.Measure(threads, TimeSpan.FromMilliseconds(2)).Should().BeInRange(Least * threads, Most * threads);
    }
}
