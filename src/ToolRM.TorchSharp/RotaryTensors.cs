using ToolRM.Models;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp;

/// <summary>Cosines and sines of the rotary position embedding, in float32, for as many positions as were asked for so far.</summary>
internal sealed class RotaryTensors(DecoderConfig config, Device device) : IDisposable
{
    private readonly double[] _frequencies = RotaryFrequencies.Of(config);
    private Tensor? _cosines, _sines;
    private int _positions;

    /// <summary>Those of rows at positions below a bound, [rows, 1, half a head], in the caller's scope.</summary>
    public (Tensor Cosines, Tensor Sines) At(Tensor positions, int bound)
    {
        Ensure(bound);
        return (_cosines!.index_select(0, positions).unsqueeze(1), _sines!.index_select(0, positions).unsqueeze(1));
    }

    /// <summary>Turns heads [rows, heads, size] of float32 by their rows' positions.</summary>
    public static Tensor Turn(Tensor heads, (Tensor Cosines, Tensor Sines) angles)
    {
        long half = heads.shape[2] / 2;
        Tensor a = heads.narrow(2, 0, half), b = heads.narrow(2, half, half);
        return cat([a.mul(angles.Cosines).sub(b.mul(angles.Sines)), b.mul(angles.Cosines).Plus(a.mul(angles.Sines))], 2);
    }

    public void Dispose()
    {
        _cosines?.Dispose();
        _sines?.Dispose();
    }

    private void Ensure(int positions)
    {
        if (positions <= _positions)
        {
            return;
        }

        positions = Math.Max(positions, 2 * _positions);
        int half = _frequencies.Length;
        float[] cosines = new float[positions * half], sines = new float[cosines.Length];
        for (int i = 0; i < cosines.Length; i++)
        {
            (double sin, double cos) = Math.SinCos(i / half * _frequencies[i % half]);
            (cosines[i], sines[i]) = ((float)cos, (float)sin);
        }

        Dispose();
        _cosines = tensor(cosines, [positions, half], ScalarType.Float32, device).DetachFromDisposeScope();
        _sines = tensor(sines, [positions, half], ScalarType.Float32, device).DetachFromDisposeScope();
        _positions = positions;
    }
}
