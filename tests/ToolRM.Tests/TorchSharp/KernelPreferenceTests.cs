using ToolRM.TorchSharp.Planning;

namespace ToolRM.Tests.TorchSharp;

public sealed class KernelPreferenceTests
{
    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("", null, null, null)]
    [InlineData("tf32", ComputeType.TensorFloat32, null, null)]
    [InlineData("float32,math,packed", ComputeType.Float32, AttentionKernel.Math, LayoutKind.Packed)]
    [InlineData("padded+memory-efficient+float16", ComputeType.Float16, AttentionKernel.MemoryEfficient, LayoutKind.Padded)]
    [InlineData("flash,bfloat16,flash", ComputeType.BFloat16, AttentionKernel.Flash, null)]
    public void Words_are_read_in_any_order(string? text, object? type, object? attention, object? layout) =>
        KernelPreference.Parse(text).Should().Be(new KernelPreference((ComputeType?)type, (AttentionKernel?)attention, (LayoutKind?)layout));

    [Theory]
    [InlineData("avx2", "'avx2' is none that libtorch has*memory-efficient*")]
    [InlineData("bf16,flash", "'bf16' is none*")]
    [InlineData("float32,", "'' is none*")]
    [InlineData("float32,tf32", "'tf32' contradicts a word before it*")]
    [InlineData("math,packed,flash", "'flash' contradicts*")]
    [InlineData("packed+padded", "'padded' contradicts*")]
    public void Other_words_and_contradictions_are_errors(string text, string message)
    {
        Action parse = () => KernelPreference.Parse(text);
        parse.Should().Throw<DeviceException>().WithMessage($"*'{text}' was asked for, but {message}");
    }
}
