namespace ToolRM.Training;

/// <summary>Adam (Kingma and Ba, arXiv 1412.6980) with its usual constants, for a few parameters in double precision.</summary>
internal sealed class Adam(int count)
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly double[] _first = new double[count], _second = new double[count];
    private double _power1 = 1, _power2 = 1;

    /// <summary>Moves the parameters one step down.</summary>
    public void Step(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate)
    {
        _power1 *= Beta1;
        _power2 *= Beta2;
        for (int i = 0; i < parameters.Length; i++)
        {
            _first[i] = (Beta1 * _first[i]) + ((1 - Beta1) * gradient[i]);
            _second[i] = (Beta2 * _second[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
            double mean = _first[i] / (1 - _power1), root = Math.Sqrt(_second[i] / (1 - _power2));
            parameters[i] -= learningRate * mean / (root + Epsilon);
        }
    }
}
