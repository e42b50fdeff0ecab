using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Weights;

/// <summary>Moves values between arrays and a device, through one small tensor in main memory. Not safe for concurrent calls.</summary>
internal sealed class HostStaging : IDisposable
{
    /// <summary>Values moved at a time.</summary>
    public const int Capacity = 1 << 22;

    private readonly Tensor _buffer = empty(Capacity, ScalarType.Float32).DetachFromDisposeScope();

    /// <summary>The first values of the buffer.</summary>
    public Span<float> Values(int count) => MemoryMarshal.Cast<byte, float>(_buffer.bytes)[..count];

    /// <summary>Writes the first values of the buffer to a tensor of one dimension, in its type: rounded here, so that no more than needed is sent.</summary>
    public void Send(Tensor target, long first, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        target.narrow(0, first, count).copy_(_buffer.narrow(0, 0, count).to_type(target.dtype));
    }

    /// <summary>Writes values to a tensor of one dimension.</summary>
    public void Write(Tensor target, ReadOnlySpan<float> values)
    {
        for (int first = 0; first < values.Length; first += Capacity)
        {
            int count = Math.Min(Capacity, values.Length - first);
            values.Slice(first, count).CopyTo(Values(count));
            Send(target, first, count);
        }
    }

    /// <summary>Reads the values of a float32 tensor of one dimension.</summary>
    public void Read(Tensor source, Span<float> values)
    {
        for (int first = 0; first < values.Length; first += Capacity)
        {
            int count = Math.Min(Capacity, values.Length - first);
            using DisposeScope scope = NewDisposeScope();
            _buffer.narrow(0, 0, count).copy_(source.narrow(0, first, count));
            Values(count).CopyTo(values[first..]);
        }

        // A span does not keep its tensor.
        GC.KeepAlive(_buffer);
    }

    public void Dispose() => _buffer.Dispose();
}
