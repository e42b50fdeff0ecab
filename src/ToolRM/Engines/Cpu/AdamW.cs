using System.Numerics;

namespace ToolRM.Engines.Cpu;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101), as PyTorch computes it.</summary>
internal static unsafe class AdamW
{
    /// <summary>Updates <paramref name="count"/> values (a multiple of the vector width) and clears their gradients.</summary>
    public static void Apply(in AdamWStep step, bool decays, float* value, float* gradient, float* first, float* second, long count)
    {
        double correction1 = 1 - Math.Pow(step.Beta1, step.Step), correction2 = 1 - Math.Pow(step.Beta2, step.Step);
        var keep = new Vector<float>((float)(1 - (decays ? step.LearningRate * step.WeightDecay : 0)));
        var rate = new Vector<float>((float)(step.LearningRate / correction1));
        var rootScale = new Vector<float>((float)(1 / Math.Sqrt(correction2)));
        var epsilon = new Vector<float>((float)step.Epsilon);
        var scale = new Vector<float>((float)step.GradientScale);
        Vector<float> beta1 = new((float)step.Beta1), beta2 = new((float)step.Beta2);
        Vector<float> rest1 = new((float)(1 - step.Beta1)), rest2 = new((float)(1 - step.Beta2));
        for (long i = 0; i < count; i += Vector<float>.Count)
        {
            Vector<float> g = Vector.Load(gradient + i) * scale;
            Vector<float> m = (Vector.Load(first + i) * beta1) + (g * rest1);
            Vector<float> v = (Vector.Load(second + i) * beta2) + (g * g * rest2);
            m.Store(first + i);
            v.Store(second + i);
            ((Vector.Load(value + i) * keep) - (rate * m / ((Vector.SquareRoot(v) * rootScale) + epsilon))).Store(value + i);
            Vector<float>.Zero.Store(gradient + i);
        }
    }

    /// <summary>The sum of the squares of <paramref name="count"/> values, in double precision.</summary>
    public static double SumOfSquares(float* values, long count)
    {
        Vector<double> low = Vector<double>.Zero, high = Vector<double>.Zero;
        for (long i = 0; i < count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(values + i), out Vector<double> a, out Vector<double> b);
            low += a * a;
            high += b * b;
        }

        return Vector.Sum(low + high);
    }
}
