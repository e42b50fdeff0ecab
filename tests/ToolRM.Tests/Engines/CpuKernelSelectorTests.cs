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
    public void Kernel_of_libtorch_is_refused_with_the_devices_that_have_it()
    {
        Func<KernelPlan> select = () => CpuKernelSelector.Select(new CpuCapabilities(Avx512: true, Avx2: true, AdvSimd: false), 1, "bfloat16,flash");
        select.Should().Throw<ToolRMException>().WithMessage("*'bfloat16,flash'*own engine runs only avx512, avx2, scalar*libtorch, cuda or mps*");
    }

    [Theory]
    [InlineData("vnni avx512 avx2", null, "avx512", "avxvnni")]
    [InlineData("vnni avx2", null, "avx2", "avxvnni")]
    [InlineData("avx512 avx2", null, "avx512", "avx512")]
    [InlineData("avx2", null, "avx2", "avx2")]
    [InlineData("vnni avx512 avx2", "avx512", "avx512", "avx512")]
    [InlineData("vnni avx512 avx2", "avx2", "avx2", "avx2")]
    [InlineData("vnni avx512 avx2", "scalar", "scalar", "scalar")]
    [InlineData("", "scalar", "scalar", "scalar")]
    public void Int8_runs_on_the_fastest_kernel_or_on_the_one_asked_for(string has, string? preference, string matmul, string int8)
    {
        KernelPlan plan = CpuKernelSelector.Select(Cpu(has), 3, preference, ElementType.Int8);
        (plan.ElementType, plan.Matmul, plan.Int8Matmul, plan.Threads).Should().Be(("int8", matmul, int8, 3));
        plan.Kernels.Should().Be($"{int8} for weights and {matmul} for attention");
        CpuKernelSelector.CreateInt8(plan)!.Name.Should().Be(int8);

        KernelPlan float32 = CpuKernelSelector.Select(Cpu(has), 3, preference, ElementType.Float32);
        (float32.ElementType, float32.Matmul, float32.Int8Matmul, float32.Kernels).Should().Be(("float32", matmul, null, matmul));
        CpuKernelSelector.CreateInt8(float32).Should().BeNull();
    }

    [Theory]
    [InlineData("", null, "*AVX2*this processor*float32*")]
    [InlineData("advsimd", null, "*AVX2*this processor*float32*")]
    [InlineData("advsimd", "advsimd", "*AVX2*'advsimd'*float32*")]
    [InlineData("avx2", "avx512", "*'avx512'*only avx2, scalar*")]
    public void Int8_is_refused_where_it_would_be_slow_or_cannot_run(string has, string? preference, string message)
    {
        Action select = () => CpuKernelSelector.Select(Cpu(has), 1, preference, ElementType.Int8);
        select.Should().Throw<ToolRMException>().WithMessage(message);
    }

    [Fact]
    public void This_machine_has_a_kernel() => TinyModels.Kernels.Should().Contain("scalar");

    private static CpuCapabilities Cpu(string has) => new(
        Avx512: has.Contains("avx512"), Avx2: has.Contains("avx2"), AdvSimd: has.Contains("advsimd"), AvxVnni: has.Contains("vnni"));
}
