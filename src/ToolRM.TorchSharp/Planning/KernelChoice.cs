using ToolRM.TorchSharp.Devices;

namespace ToolRM.TorchSharp.Planning;

/// <summary>What is to compute a batch.</summary>
/// <param name="Device">The device.</param>
/// <param name="Type">The type of products.</param>
/// <param name="Attention">The kernel of attention: of its masked part, if there is one.</param>
/// <param name="Layout">How tokens lie.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record KernelChoice(DeviceCapabilities Device, ComputeType Type, AttentionKernel Attention, LayoutKind Layout, string Reason);
