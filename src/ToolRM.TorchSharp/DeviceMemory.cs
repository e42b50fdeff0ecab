using System.Runtime.InteropServices;
using ToolRM.Engines;

namespace ToolRM.TorchSharp;

/// <summary>Computes the rewards of a forest's leaves.</summary>
internal delegate void ForestPass(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken);

/// <summary>What to do when a device has no memory left: libtorch only says so in an error's text.</summary>
internal static class DeviceMemory
{
    /// <summary>Whether an error of libtorch says that memory is exhausted.</summary>
    public static bool IsExhausted(ExternalException error) =>
        error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("ALLOC_FAILED", StringComparison.Ordinal);

    /// <summary>Runs a pass over a forest; if memory does not suffice, over its first and its last leaves, and so on.</summary>
    /// <exception cref="OutOfDeviceMemoryException">Memory does not suffice for a single leaf.</exception>
    /// <exception cref="DeviceException">libtorch failed for another reason.</exception>
    public static void RunInHalves(ForestPass pass, TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        int leaves = forest.Leaves.Length;
        try
        {
            pass(forest, rewards, cancellationToken);
            return;
        }
        catch (ExternalException error)
        {
            if (!IsExhausted(error))
            {
                throw Failure(error);
            }

            if (leaves == 1)
            {
                throw new OutOfDeviceMemoryException(
                    $"The device's memory does not suffice for one sequence of {forest.LongestPath} tokens beside the model: {FirstLine(error)} " +
                    "Set a smaller MaxLength, choose a smaller element type, or free memory that other processes hold.",
                    error);
            }
        }

        int half = leaves / 2;
        RunInHalves(pass, LeafRange.Of(forest, 0, half), rewards[..half], cancellationToken);
        RunInHalves(pass, LeafRange.Of(forest, half, leaves - half), rewards[half..leaves], cancellationToken);
    }

    /// <summary>An error that has nothing to do with memory.</summary>
    public static DeviceException Failure(ExternalException error) => new(
        $"libtorch failed: {FirstLine(error)} After an error of CUDA the process has to be started again; ask for other kernels if it comes again.", error);

    /// <summary>What an error says, without libtorch's stack.</summary>
    public static string FirstLine(Exception error) => error.Message.Split('\n', 2)[0].Trim();
}
