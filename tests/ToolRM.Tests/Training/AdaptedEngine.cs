using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Models;
using ToolRM.Tests.Engines;

namespace ToolRM.Tests.Training;

/// <summary>
/// Trains adapters the slow way, by their definition: the managed engine computes with the sums, and its gradients of the matrices
/// become those of the adapters. What libtorch's engine does, so that the trainer can be tested without it.
/// </summary>
internal sealed class AdaptedEngine : ITrainingEngine
{
    private static readonly ParameterPart[] _kept = [ParameterPart.Value, ParameterPart.FirstMoment, ParameterPart.SecondMoment];
    private readonly CpuTrainingEngine _inner;
    private readonly LoraOptions _options;
    private readonly Dictionary<string, float[]> _base = [];
    private readonly Dictionary<(string, ParameterPart), float[]> _own = [];
    private bool _isMerged;

    public AdaptedEngine(DecoderConfig config, IParameterSource source, LoraOptions options, ulong seed)
    {
        _options = options;
        _inner = new CpuTrainingEngine(config, source, TinyModels.Plan());
        Parameters = LoraLayout.For(config, options);
        foreach (ParameterInfo parameter in _inner.Parameters)
        {
            _base[parameter.Name] = new float[parameter.Count];
            source.Read(parameter, _base[parameter.Name]);
        }

        foreach (ParameterInfo parameter in Parameters)
        {
            foreach (ParameterPart part in _kept)
            {
                _own[(parameter.Name, part)] = new float[parameter.Count];
            }

            if (parameter.Kind == ParameterKind.Head)
            {
                _base[parameter.Name].CopyTo(Value(parameter.Name), 0);
            }
            else if (!LoraLayout.StartsAtZero(parameter))
            {
                new SeededInitializer(seed).Read(parameter, Value(parameter.Name));
            }
        }
    }

    public DecoderConfig Config => _inner.Config;

    public KernelPlan Plan => _inner.Plan;

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        Merge();
        _inner.Score(forest, rewards, cancellationToken);
    }

    public void Forward(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        Merge();
        _inner.Forward(forest, rewards, cancellationToken);
    }

    public void Backward(ReadOnlySpan<float> rewardGradients, CancellationToken cancellationToken) =>
        _inner.Backward(rewardGradients, cancellationToken);

    public double GradientNorm() => Math.Sqrt(Parameters.SelectMany(Gradient).Sum(gradient => (double)gradient * gradient));

    public void Step(in AdamWStep step)
    {
        foreach ((ParameterInfo parameter, float[] gradient) in Parameters.Select(parameter => (parameter, Gradient(parameter))).ToArray())
        {
            float[] value = Value(parameter.Name), first = _own[(parameter.Name, ParameterPart.FirstMoment)];
            float[] second = _own[(parameter.Name, ParameterPart.SecondMoment)];
            for (int i = 0; i < value.Length; i++)
            {
                double g = gradient[i] * step.GradientScale;
                first[i] = (float)((step.Beta1 * first[i]) + ((1 - step.Beta1) * g));
                second[i] = (float)((step.Beta2 * second[i]) + ((1 - step.Beta2) * g * g));
                double root = Math.Sqrt(second[i] / (1 - Math.Pow(step.Beta2, step.Step))) + step.Epsilon;
                double change = (first[i] / (1 - Math.Pow(step.Beta1, step.Step)) / root) + (step.WeightDecay * value[i]);
                value[i] -= (float)(step.LearningRate * change);
            }
        }

        ClearGradients();
        _isMerged = false;
    }

    public void Read(ParameterInfo parameter, ParameterPart part, Span<float> destination)
    {
        if (_own.TryGetValue((parameter.Name, part), out float[]? own))
        {
            own.CopyTo(destination);
        }
        else if (part == ParameterPart.Gradient)
        {
            Gradient(parameter).CopyTo(destination);
        }
        else
        {
            Merge();
            _inner.Read(parameter, part, destination);
        }
    }

    public void Write(ParameterInfo parameter, ParameterPart part, ReadOnlySpan<float> source)
    {
        if (part == ParameterPart.Gradient)
        {
            ClearGradients();
            return;
        }

        source.CopyTo(_own[(parameter.Name, part)]);
        _isMerged = false;
    }

    public void Dispose() => _inner.Dispose();

    private float[] Value(string name) => _own[(name, ParameterPart.Value)];

    private void Merge()
    {
        if (_isMerged)
        {
            return;
        }

        foreach (ParameterInfo parameter in _inner.Parameters)
        {
            if (parameter.Kind == ParameterKind.Head)
            {
                _inner.Write(parameter, ParameterPart.Value, Value(parameter.Name));
            }
            else if (parameter.Kind == ParameterKind.Matrix && _own.ContainsKey((LoraLayout.DownOf(parameter.Name), ParameterPart.Value)))
            {
                float[] a = Value(LoraLayout.DownOf(parameter.Name)), b = Value(LoraLayout.UpOf(parameter.Name)), sum = [.. _base[parameter.Name]];
                for (int i = 0; i < sum.Length; i++)
                {
                    (int row, int column) = Math.DivRem(i, parameter.Columns);
                    for (int r = 0; r < _options.Rank; r++)
                    {
                        sum[i] += (float)_options.Scale * b[(row * _options.Rank) + r] * a[(r * parameter.Columns) + column];
                    }
                }

                _inner.Write(parameter, ParameterPart.Value, sum);
            }
        }

        _isMerged = true;
    }

    /// <summary>With dW the gradient of the matrix: of A it is scale * B^T dW, of B scale * dW A^T.</summary>
    private float[] Gradient(ParameterInfo parameter)
    {
        var gradient = new float[parameter.Count];
        if (parameter.Kind == ParameterKind.Head)
        {
            _inner.Read(parameter, ParameterPart.Gradient, gradient);
            return gradient;
        }

        bool isUp = LoraLayout.StartsAtZero(parameter);
        ParameterInfo matrix = _inner.Parameters.Single(other =>
            other.Kind == ParameterKind.Matrix && parameter.Name == (isUp ? LoraLayout.UpOf(other.Name) : LoraLayout.DownOf(other.Name)));
        float[] a = Value(LoraLayout.DownOf(matrix.Name)), b = Value(LoraLayout.UpOf(matrix.Name)), all = new float[matrix.Count];
        _inner.Read(matrix, ParameterPart.Gradient, all);
        for (int i = 0; i < all.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, matrix.Columns);
            for (int r = 0; r < _options.Rank; r++)
            {
                int inA = (r * matrix.Columns) + column, inB = (row * _options.Rank) + r;
                gradient[isUp ? inB : inA] += (float)_options.Scale * all[i] * (isUp ? a[inA] : b[inB]);
            }
        }

        return gradient;
    }

    private void ClearGradients()
    {
        foreach (ParameterInfo parameter in _inner.Parameters)
        {
            _inner.Write(parameter, ParameterPart.Gradient, new float[parameter.Count]);
        }
    }
}
