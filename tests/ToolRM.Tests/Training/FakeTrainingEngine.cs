using ToolRM.Engines;
using ToolRM.Models;

namespace ToolRM.Tests.Training;

/// <summary>
/// A bag of tokens with an exact gradient: reward = gain * sum of the weights of the tokens from root to leaf. Small
/// enough to train in no time, nonlinear enough that a lost moment or step number shows.
/// </summary>
internal sealed class FakeTrainingEngine : ITrainingEngine
{
    public const int Vocabulary = 40;
    private static readonly ParameterPart[] _parts = Enum.GetValues<ParameterPart>();
    private readonly Dictionary<(string, ParameterPart), float[]> _values = [];
    private TokenForest? _forest;

    public FakeTrainingEngine(int seed = 1)
    {
        var random = new Random(seed);
        foreach (ParameterInfo parameter in Parameters)
        {
            foreach (ParameterPart part in _parts)
            {
                _values[(parameter.Name, part)] = new float[parameter.Count];
            }
        }

        foreach (ref float weight in Weights.AsSpan())
        {
            weight = 0.2f * (random.NextSingle() - 0.5f);
        }

        Gain[0] = 0.7f;
    }

    /// <summary>Called before each call that a run makes, with the number of the call from 1.</summary>
    public Action<int>? BeforeCall { get; init; }

    /// <summary>Memory of the device: a backward pass over more tokens fails halfway.</summary>
    public int MostTokensOfBackward { get; init; } = int.MaxValue;

    public int Calls { get; private set; }

    public int MostTokens { get; private set; }

    public List<AdamWStep> Steps { get; } = [];

    public float[] Weights => _values[("weights", ParameterPart.Value)];

    public float[] Gain => _values[("gain", ParameterPart.Value)];

    public DecoderConfig Config { get; } = new()
    {
        ModelType = "llama", VocabularySize = Vocabulary, HiddenSize = 2, IntermediateSize = 2, Layers = 1, Heads = 1, KeyValueHeads = 1,
        HeadSize = 2, MaxLength = 64,
    };

    public KernelPlan Plan { get; } = new("cpu", "float32", "scalar", 1, "a fake");

    public IReadOnlyList<ParameterInfo> Parameters { get; } =
        [new("weights", Vocabulary, 1, ParameterKind.Embedding), new("gain", 1, 1, ParameterKind.Gain)];

    public float[] Gradients(string parameter) => _values[(parameter, ParameterPart.Gradient)];

    /// <summary>All numbers of the engine that a run must reproduce.</summary>
    public float[] Snapshot() =>
        [.. _parts.Where(part => part != ParameterPart.Gradient).SelectMany(part => Parameters.SelectMany(parameter => _values[(parameter.Name, part)]))];

    public void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        Count(cancellationToken);
        MostTokens = Math.Max(MostTokens, forest.Tokens.Length);
        for (int i = 0; i < rewards.Length; i++)
        {
            rewards[i] = (float)(Gain[0] * PathOf(forest, i).Sum(token => (double)Weights[token]));
        }
    }

    public void Forward(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        Score(forest, rewards, cancellationToken);
        _forest = forest;
    }

    public void Backward(ReadOnlySpan<float> rewardGradients, CancellationToken cancellationToken)
    {
        Count(cancellationToken);
        for (int i = 0; i < rewardGradients.Length; i++)
        {
            foreach (int token in PathOf(_forest!, i))
            {
                Gradients("weights")[token] += rewardGradients[i] * Gain[0];
                Gradients("gain")[0] += rewardGradients[i] * Weights[token];
            }

            if (_forest!.Tokens.Length > MostTokensOfBackward)
            {
                throw new OutOfDeviceMemoryException("The fake is full.");
            }
        }
    }

    public double GradientNorm() => Math.Sqrt(Parameters.SelectMany(parameter => Gradients(parameter.Name)).Sum(g => (double)g * g));

    public void Step(in AdamWStep step)
    {
        Count(default);
        Steps.Add(step);
        foreach (ParameterInfo parameter in Parameters)
        {
            float[] value = _values[(parameter.Name, ParameterPart.Value)], gradient = Gradients(parameter.Name);
            float[] first = _values[(parameter.Name, ParameterPart.FirstMoment)], second = _values[(parameter.Name, ParameterPart.SecondMoment)];
            for (int i = 0; i < value.Length; i++)
            {
                double g = gradient[i] * step.GradientScale;
                first[i] = (float)((step.Beta1 * first[i]) + ((1 - step.Beta1) * g));
                second[i] = (float)((step.Beta2 * second[i]) + ((1 - step.Beta2) * g * g));
                double root = Math.Sqrt(second[i] / (1 - Math.Pow(step.Beta2, step.Step))) + step.Epsilon;
                double decay = parameter.Decays ? step.WeightDecay * value[i] : 0;
                value[i] -= (float)(step.LearningRate * ((first[i] / (1 - Math.Pow(step.Beta1, step.Step)) / root) + decay));
                gradient[i] = 0;
            }
        }
    }

    public void Read(ParameterInfo parameter, ParameterPart part, Span<float> destination) =>
        _values[(parameter.Name, part)].CopyTo(destination);

    public void Write(ParameterInfo parameter, ParameterPart part, ReadOnlySpan<float> source) =>
        source.CopyTo(_values[(parameter.Name, part)]);

    public void Dispose()
    {
    }

    private static List<int> PathOf(TokenForest forest, int leaf)
    {
        var path = new List<int>();
        for (int index = forest.Leaves[leaf]; index >= 0; index = forest.Segments[index].Parent)
        {
            Segment segment = forest.Segments[index];
            path.AddRange(forest.Tokens.Slice(segment.Start, segment.Length));
        }

        return path;
    }

    private void Count(CancellationToken cancellationToken)
    {
        Calls++;
        BeforeCall?.Invoke(Calls);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
