using System.Numerics;
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

    /// <summary>Turns one head's vector by its position: halves (a, b) become (a cos - b sin, b cos + a sin).</summary>
    public void Rotate(float* head, int position) => Turn(head, position, 1);

    /// <summary>The gradient of <see cref="Rotate"/>: the turn back.</summary>
    public void RotateBack(float* head, int position) => Turn(head, position, -1);

    public void Dispose() => _table.Dispose();

    private void Turn(float* head, int position, float direction)
    {
        float* cos = _table.Pointer + ((nint)position * 2 * Half), sin = cos + Half;
        var sign = new Vector<float>(direction);
        int i = 0;
        for (; i <= Half - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> a = Vector.Load(head + i), b = Vector.Load(head + Half + i);
            Vector<float> c = Vector.Load(cos + i), s = Vector.Load(sin + i) * sign;
            ((a * c) - (b * s)).Store(head + i);
            ((b * c) + (a * s)).Store(head + Half + i);
        }

        for (; i < Half; i++)
        {
            float a = head[i], b = head[Half + i], s = sin[i] * direction;
            head[i] = (a * cos[i]) - (b * s);
            head[Half + i] = (b * cos[i]) + (a * s);
        }
    }

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
