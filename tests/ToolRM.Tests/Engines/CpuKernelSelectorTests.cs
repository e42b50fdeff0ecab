using ToolRM.Engines;
using ToolRM.Engines.Cpu;

namespace ToolRM.Tests.Engines;

public class CpuKernelSelectorTests
{
    [Theory]
    [InlineData(true, true, false, "avx512,avx2,scalar")]
    [InlineData(false, true, false, "avx2,scalar")]
    [InlineData(false, false, true, "advsimd,scalar")]
    [InlineData(false, false, false, "scalar")]
    public void Fastest_kernel_a_processor_has_is_chosen_and_each_it_has_can_be_asked_for(bool avx512, bool avx2, bool advSimd, string expected)
    {
        var cpu = new CpuCapabilities(avx512, avx2, advSimd);
        string[] names = expected.Split(',');
        CpuKernelSelector.Available(cpu).Should().Equal(names);
        KernelPlan plan = CpuKernelSelector.Select(cpu, 3, preference: null);
        plan.Matmul.Should().Be(names[0]);
        plan.Threads.Should().Be(3);
        plan.Reason.Should().Contain("fastest");
        foreach (string name in (string[])["avx512", "avx2", "advsimd", "scalar"])
        {
            Func<KernelPlan> select = () => CpuKernelSelector.Select(cpu, 1, name);
            if (names.Contains(name))
            {
                select().Matmul.Should().Be(name);
                CpuKernelSelector.Create(select()).Name.Should().Be(name);
            }
            else
            {
                select.Should().Throw<ToolRMException>().WithMessage($"*'{name}'*{names[0]}*");
            }
        }
    }

    [Fact]
    public void This_machine_has_a_kernel() => TinyModels.Kernels.Should().Contain("scalar");
}
