using ToolRM.Models;
using ToolRM.TorchSharp.Devices;
using ToolRM.TorchSharp.Planning;

namespace ToolRM.Tests.TorchSharp;

public sealed class KernelSelectorTests
{
    /// <summary>Sequences of their own: nothing to share, no mask in either layout.</summary>
    private static readonly BatchShape _sequences = BatchShape.Uniform(16, 0, 1, 512);

    /// <summary>Best of 16 for a long prompt: almost everything is shared.</summary>
    private static readonly BatchShape _bestOfN = BatchShape.Uniform(4, 2048, 16, 48);

    /// <summary>A pair whose sequences have little in common.</summary>
    private static readonly BatchShape _longPair = BatchShape.Uniform(1, 16, 2, 8192);

    private static readonly Dictionary<string, BatchShape> _batches = new()
    {
        ["sequences"] = _sequences, ["best of n"] = _bestOfN, ["long pair"] = _longPair,
    };

    /// <summary>Device, head size, what is asked for, batch; type, attention and layout.</summary>
    [Theory]
    [InlineData("9.0", 128, null, "sequences", ComputeType.BFloat16, AttentionKernel.Flash, LayoutKind.Packed)]
    [InlineData("9.0", 128, null, "best of n", ComputeType.BFloat16, AttentionKernel.MemoryEfficient, LayoutKind.Packed)]
    [InlineData("9.0", 128, null, "long pair", ComputeType.BFloat16, AttentionKernel.Flash, LayoutKind.Padded)]
    [InlineData("8.0", 68, null, "best of n", ComputeType.BFloat16, AttentionKernel.Math, LayoutKind.Packed)]
    [InlineData("8.0", 128, "float32", "sequences", ComputeType.Float32, AttentionKernel.MemoryEfficient, LayoutKind.Packed)]
    [InlineData("8.0", 128, "tf32", "best of n", ComputeType.TensorFloat32, AttentionKernel.MemoryEfficient, LayoutKind.Packed)]
    [InlineData("9.0", 128, "flash", "best of n", ComputeType.BFloat16, AttentionKernel.Flash, LayoutKind.Padded)]
    [InlineData("9.0", 128, "packed,flash", "sequences", ComputeType.BFloat16, AttentionKernel.Flash, LayoutKind.Packed)]
    [InlineData("9.0", 128, "padded", "best of n", ComputeType.BFloat16, AttentionKernel.Flash, LayoutKind.Padded)]
    [InlineData("9.0", 128, "float32,math,packed", "long pair", ComputeType.Float32, AttentionKernel.Math, LayoutKind.Packed)]
    [InlineData("7.5", 128, null, "sequences", ComputeType.Float16, AttentionKernel.MemoryEfficient, LayoutKind.Packed)]
    [InlineData("7.5", 128, null, "best of n", ComputeType.Float16, AttentionKernel.MemoryEfficient, LayoutKind.Packed)]
    [InlineData("6.1", 128, null, "sequences", ComputeType.Float32, AttentionKernel.MemoryEfficient, LayoutKind.Packed)]
    [InlineData("cpu", 128, null, "best of n", ComputeType.Float32, AttentionKernel.Fused, LayoutKind.Packed)]
    [InlineData("cpu", 128, "bfloat16", "best of n", ComputeType.BFloat16, AttentionKernel.Fused, LayoutKind.Packed)]
    [InlineData("cpu", 128, "math", "best of n", ComputeType.Float32, AttentionKernel.Math, LayoutKind.Packed)]
    [InlineData("cpu", 128, "fused", "best of n", ComputeType.Float32, AttentionKernel.Fused, LayoutKind.Packed)]
    [InlineData("mps", 128, null, "sequences", ComputeType.Float32, AttentionKernel.Math, LayoutKind.Packed)]
    [InlineData("mps", 128, "float16,padded", "sequences", ComputeType.Float16, AttentionKernel.Math, LayoutKind.Padded)]
    public void Kernels_follow_device_model_batch_and_what_is_asked_for(
        string device, int headSize, string? asked, string batch, object type, object attention, object layout)
    {
        KernelChoice choice = Select(device, asked, _batches[batch], headSize);
        (choice.Type, choice.Attention, choice.Layout).Should().Be(((ComputeType)type, (AttentionKernel)attention, (LayoutKind)layout));
        choice.Device.Should().Be(TestDevices.Of(device));
    }

    [Theory]
    [InlineData("7.5", "bfloat16", "best of n", "'bfloat16'*compute capability 8.0, Test 0 has 7.5*")]
    [InlineData("7.5", "tf32", "best of n", "'tf32'*compute capability 8.0*")]
    [InlineData("5.2", "float16", "best of n", "'float16'*compute capability 5.3*")]
    [InlineData("cpu", "float16", "best of n", "'float16'*the processor computes in float32 and bfloat16*")]
    [InlineData("cpu", "tf32", "best of n", "'tf32'*only CUDA has it*")]
    [InlineData("mps", "bfloat16", "best of n", "'bfloat16'*MPS computes in float32 and float16*")]
    [InlineData("7.5", "flash", "sequences", "'flash'*compute capability 8.0*")]
    [InlineData("9.0", "float32,flash", "best of n", "'flash'*bfloat16 and float16 only*")]
    [InlineData("9.0", "packed,flash", "best of n", "'flash'*takes no mask*")]
    [InlineData("cpu", "flash", "best of n", "'flash'*only CUDA has it*")]
    [InlineData("9.0", "fused", "best of n", "'fused'*ask for flash or memory-efficient*")]
    [InlineData("mps", "memory-efficient", "best of n", "'memory-efficient'*only CUDA has it*")]
    public void What_cannot_run_is_refused_with_the_reason(string device, string asked, string batch, string message)
    {
        Action select = () => Select(device, asked, _batches[batch]);
        select.Should().Throw<DeviceException>().WithMessage($"The kernel {message}TOOLRM_TORCH_KERNEL*");
    }

    [Fact]
    public void What_is_asked_for_is_never_replaced()
    {
        var cases =
            from device in (string[])["cpu", "mps", "5.2", "6.1", "7.0", "7.5", "8.0", "9.0", "12.0"]
            from type in (ComputeType?[])[null, .. Enum.GetValues<ComputeType>()]
            from attention in (AttentionKernel?[])[null, .. Enum.GetValues<AttentionKernel>()]
            from layout in (LayoutKind?[])[null, .. Enum.GetValues<LayoutKind>()]
            from headSize in (int[])[64, 68, 80, 128, 320]
            from batch in _batches.Values
            select (device, type, attention, layout, headSize, batch);
        foreach ((string device, ComputeType? type, AttentionKernel? attention, LayoutKind? layout, int headSize, BatchShape batch) in cases)
        {
            var preference = new KernelPreference(type, attention, layout);
            try
            {
                KernelChoice choice = Select(device, preference, batch, headSize);
                (type is null || choice.Type == type).Should().BeTrue();
                (attention is null || choice.Attention == attention).Should().BeTrue();
                (layout is null || choice.Layout == layout).Should().BeTrue();
                bool needsMask = choice.Layout == LayoutKind.Packed && batch.BranchPairs > 0;
                KernelRules.WhyNot(choice.Type, choice.Device).Should().BeNull();
                KernelRules.WhyNot(choice.Attention, choice.Device, choice.Type, headSize, needsMask).Should().BeNull();
            }
            catch (DeviceException)
            {
                (type is not null || attention is not null).Should().BeTrue("{0}: nothing was asked for that could be refused", device);
            }
        }
    }

    [Fact]
    public void A_layout_that_does_not_fit_into_memory_is_not_taken()
    {
        // Hundreds of short answers to one long question: padded would need a row of 8,000 for each.
        BatchShape batch = BatchShape.Uniform(1, 64, 200, 8000);
        Select("9.0", asked: null, batch).Layout.Should().Be(LayoutKind.Padded);
        double weights = 2.0 * ParameterLayout.TotalCount(TestDevices.Qwen);
        LayoutCost packed = Cost(LayoutKind.Packed), padded = Cost(LayoutKind.Padded);
        padded.Bytes.Should().BeLessThan(packed.Bytes, "the mask of so many branches is what does not fit");

        // Room for one of them only, then for none.
        long memory = (long)((weights + ((padded.Bytes + packed.Bytes) / 2)) / 0.9);
        KernelChoice tight = SelectWithMemory("9.0", memory, batch);
        tight.Reason.Should().Contain("which would not fit into memory");
        KernelChoice full = SelectWithMemory("9.0", (long)(weights * 1.2), batch);
        full.Reason.Should().EndWith("the batch may not fit into memory");

        LayoutCost Cost(LayoutKind layout) => LayoutCost.Of(
            layout, batch, TestDevices.Qwen, ComputeType.BFloat16, AttentionKernel.Flash, AttentionKernel.MemoryEfficient);
    }

    [Fact]
    public void A_model_that_does_not_fit_is_refused()
    {
        Action select = () => SelectWithMemory("8.6", 3 * TestDevices.Gigabyte, _bestOfN);
        select.Should().Throw<DeviceException>().WithMessage("The model does not fit: its weights take 3.1 GB in bfloat16, but Test 0 (cuda:0) has 3.0 GB.*");
    }

    [Fact]
    public void Reasons_tell_what_was_weighed()
    {
        Select("9.0", asked: null, _bestOfN).Reason.Should().Be(
            "bfloat16 is usual for Test 0 of compute capability 9.0; memory-efficient attention is the fastest with a mask; "
            + "packed computes 11264 rows and 17039360 pairs of tokens, padded 134144 and 140582912 (92 % of the sequences' tokens are shared)");
        Select("9.0", "tf32,math,packed", _bestOfN).Reason.Should().Be("tf32 asked for; math attention asked for; packed asked for");
    }

    private static KernelChoice Select(string device, string? asked, BatchShape batch, int headSize = 128) =>
        Select(device, KernelPreference.Parse(asked), batch, headSize);

    private static KernelChoice Select(string device, KernelPreference preference, BatchShape batch, int headSize) =>
        Select(TestDevices.Of(device), TestDevices.Qwen with { HeadSize = headSize }, preference, batch);

    private static KernelChoice SelectWithMemory(string device, long memory, BatchShape batch) =>
        Select(TestDevices.Of(device, memory), TestDevices.Qwen, KernelPreference.None, batch);

    private static KernelChoice Select(DeviceCapabilities device, DecoderConfig config, KernelPreference preference, BatchShape batch) =>
        KernelSelector.Select(device, config, ParameterLayout.TotalCount(config), batch, preference);
}
