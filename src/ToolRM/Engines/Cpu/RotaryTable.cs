using System.Runtime.Intrinsics;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu;

/// <summary>Cosines and sines of the rotary position embedding, for as many positions as were asked for so far.</summary>
internal sealed unsafe class RotaryTable : IDisposable
{
    private readonly AlignedBuffer _table = new();
    private readonly double[] _frequencies;
    private int _positions;

    public RotaryTable(DecoderConfig config) => _frequencies = Frequencies(config.Rotary, config.HeadSize);

    private int Half => _frequencies.Length;

    /// <summary>Makes the table cover positions below <paramref name="positions"/>.</summary>
    public void Ensure(int positions)
    {
        if (positions <= _positions)
        {
            return;
        }

        positions = Math.Max(positions, 2 * _positions);
        float* row = _table.Ensure((long)positions * 2 * Half);
        for (int position = 0; position < positions; position++, row += 2 * Half)
        {
            for (int i = 0; i < Half; i++)
            {
                (double sin, double cos) = Math.SinCos(position * _frequencies[i]);
                row[i] = (float)cos;
                row[Half + i] = (float)sin;
            }
        }

        _positions = positions;
    }

    /// <summary>The cosines of a position, for half a head; its sines follow.</summary>
    public float* Cosines(int position) => _table.Pointer + ((nint)position * 2 * Half);

    /// <summary>The gradient of a head's turn by its position, (a cos - b sin, b cos + a sin) for its halves a and b: the turn back.</summary>
    public void RotateBack(float* head, int position)
    {
        float* cos = Cosines(position), sin = cos + Half;
        int i = 0;
        for (; i <= Half - VectorMath.Lanes; i += VectorMath.Lanes)
        {
            Vector512<float> a = Vector512.Load(head + i), b = Vector512.Load(head + Half + i);
            Vector512<float> c = Vector512.Load(cos + i), s = Vector512.Load(sin + i);
            ((a * c) + (b * s)).Store(head + i);
            ((b * c) - (a * s)).Store(head + Half + i);
        }

        for (; i < Half; i++)
        {
            float a = head[i], b = head[Half + i];
            head[i] = (a * cos[i]) + (b * sin[i]);
            head[Half + i] = (b * cos[i]) - (a * sin[i]);
        }
    }

    public void Dispose() => _table.Dispose();

    private static double[] Frequencies(RotaryConfig rotary, int headSize)
    {
        var frequencies = new double[headSize / 2];
        for (int i = 0; i < frequencies.Length; i++)
        {
            double frequency = 1 / Math.Pow(rotary.Theta, 2.0 * i / headSize);
            frequencies[i] = rotary.Scaling switch
            {
                RotaryScaling.Linear => frequency / rotary.Factor,
                RotaryScaling.Llama3 => Llama3(frequency, rotary),
                _ => frequency,
            };
        }

        return frequencies;
    }

    /// <summary>Llama 3.1's rule: long waves are stretched by the factor, short ones kept, with a linear passage between.</summary>
    private static double Llama3(double frequency, RotaryConfig rotary)
    {
        double turns = rotary.OriginalMaxLength * frequency / (2 * Math.PI);
        if (turns < rotary.LowFrequencyFactor)
        {
            return frequency / rotary.Factor;
        }

        if (turns > rotary.HighFrequencyFactor)
        {
            return frequency;
        }

        double smooth = (turns - rotary.LowFrequencyFactor) / (rotary.HighFrequencyFactor - rotary.LowFrequencyFactor);
        return ((1 - smooth) * frequency / rotary.Factor) + (smooth * frequency);
    }
}
