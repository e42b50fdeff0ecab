using ToolRM.TorchSharp.Devices;
using ToolRM.TorchSharp.Planning;

namespace ToolRM.Tests.TorchSharp;

public sealed class KernelRulesTests
{
    [Theory]
    [InlineData("cpu", ComputeType.Float32, "Float32 BFloat16")]
    [InlineData("mps", ComputeType.Float32, "Float32 Float16")]
    [InlineData("5.2", ComputeType.Float32, "Float32")]
    [InlineData("6.1", ComputeType.Float32, "Float32 Float16")]
    [InlineData("7.0", ComputeType.Float16, "Float32 Float16")]
    [InlineData("7.5", ComputeType.Float16, "Float32 Float16")]
    [InlineData("8.0", ComputeType.BFloat16, "Float32 TensorFloat32 Float16 BFloat16")]
    [InlineData("8.9", ComputeType.BFloat16, "Float32 TensorFloat32 Float16 BFloat16")]
    [InlineData("9.0", ComputeType.BFloat16, "Float32 TensorFloat32 Float16 BFloat16")]
    [InlineData("12.0", ComputeType.BFloat16, "Float32 TensorFloat32 Float16 BFloat16")]
    public void Each_device_has_its_types_and_a_usual_one(string device, object usual, string possible)
    {
        KernelRules.Usual(TestDevices.Of(device)).Should().Be((ComputeType)usual);
        Enum.GetValues<ComputeType>().Where(type => KernelRules.WhyNot(type, TestDevices.Of(device)) is null)
            .Should().Equal(possible.Split(' ').Select(Enum.Parse<ComputeType>));
    }

    /// <summary>Device, type, head size; the kernels without a mask and with one.</summary>
    [Theory]
    [InlineData("9.0", ComputeType.BFloat16, 128, "Flash MemoryEfficient Math", "MemoryEfficient Math")]
    [InlineData("8.0", ComputeType.Float16, 64, "Flash MemoryEfficient Math", "MemoryEfficient Math")]
    [InlineData("8.6", ComputeType.BFloat16, 256, "Flash MemoryEfficient Math", "MemoryEfficient Math")]
    [InlineData("8.6", ComputeType.BFloat16, 264, "MemoryEfficient Math", "MemoryEfficient Math")]
    [InlineData("8.0", ComputeType.BFloat16, 68, "Math", "Math")]
    [InlineData("8.0", ComputeType.Float32, 68, "MemoryEfficient Math", "MemoryEfficient Math")]
    [InlineData("8.0", ComputeType.Float32, 66, "Math", "Math")]
    [InlineData("9.0", ComputeType.Float32, 128, "MemoryEfficient Math", "MemoryEfficient Math")]
    [InlineData("9.0", ComputeType.TensorFloat32, 128, "MemoryEfficient Math", "MemoryEfficient Math")]
    [InlineData("7.5", ComputeType.Float16, 128, "MemoryEfficient Math", "MemoryEfficient Math")]
    [InlineData("7.0", ComputeType.Float16, 128, "MemoryEfficient Math", "MemoryEfficient Math")]
    [InlineData("6.1", ComputeType.Float32, 128, "MemoryEfficient Math", "MemoryEfficient Math")]
    [InlineData("3.7", ComputeType.Float32, 128, "Math", "Math")]
    [InlineData("cpu", ComputeType.Float32, 128, "Fused Math", "Fused Math")]
    [InlineData("cpu", ComputeType.BFloat16, 128, "Fused Math", "Fused Math")]
    [InlineData("mps", ComputeType.Float16, 128, "Fused Math", "Fused Math")]
    public void Attention_kernels_follow_capability_type_head_size_and_mask(
        string device, object type, int headSize, string withoutMask, string withMask)
    {
        foreach ((bool needsMask, string expected) in ((bool, string)[])[(false, withoutMask), (true, withMask)])
        {
            AttentionKernel[] possible =
            [
                .. Enum.GetValues<AttentionKernel>().Reverse()
                    .Where(kernel => KernelRules.WhyNot(kernel, TestDevices.Of(device), (ComputeType)type, headSize, needsMask) is null),
            ];
            possible.Should().Equal(expected.Split(' ').Select(Enum.Parse<AttentionKernel>));
            KernelRules.Fastest(TestDevices.Of(device), (ComputeType)type, headSize, needsMask)
                .Should().Be(possible.First(kernel => kernel != AttentionKernel.Fused || device != "mps"));
        }
    }

    [Theory]
    [InlineData("9.0")]
    [InlineData("7.5")]
    [InlineData("cpu")]
    [InlineData("mps")]
    public void An_old_libtorch_has_plain_attention_only(string device)
    {
        DeviceCapabilities old = TestDevices.Of(device) with { HasFusedAttention = false };
        foreach (AttentionKernel kernel in Enum.GetValues<AttentionKernel>().Where(kernel => kernel != AttentionKernel.Math))
        {
            KernelRules.WhyNot(kernel, old, KernelRules.Usual(old), 128, needsMask: false).Should().NotBeNull();
        }

        KernelRules.WhyNot(AttentionKernel.Math, old, KernelRules.Usual(old), 128, needsMask: true).Should().BeNull();
        KernelRules.Fastest(old, KernelRules.Usual(old), 128, needsMask: false).Should().Be(AttentionKernel.Math);
    }
}
