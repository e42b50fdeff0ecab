using ToolRM.Engines.Cpu.Backward;
using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu;

/// <summary>Trains on the processor, in float32.</summary>
internal sealed unsafe class CpuTrainingEngine : ITrainingEngine
{
    private readonly MatmulKernel _kernel;
    private readonly WorkerPool _pool;
    private readonly ParameterStore _store;
    private readonly ParameterUpdates _updates;
    private readonly DecoderWeights _weights;
    private readonly DecoderForward _forward;
    private readonly DecoderBackward _backward;
    private readonly Activations _kept;
    private readonly (ParameterStore.Entry Entry, ParameterSink[] Sinks)[] _packing;
    private readonly ForestLayout _layout;
    private bool _hasForward;
    private bool _isPacked;

    /// <param name="config">The model's shape.</param>
    /// <param name="parameters">The values to start from.</param>
    /// <param name="plan">The kernels and threads.</param>
    /// <param name="recomputeActivations">Whether to keep only each layer's input and to compute the rest again for the backward pass.</param>
    public CpuTrainingEngine(DecoderConfig config, IParameterSource parameters, KernelPlan plan, bool recomputeActivations = false)
    {
        Config = config;
        Plan = plan;
        _kernel = CpuKernelSelector.Create(plan);
        var shape = new DecoderShape(config, _kernel);
        _pool = new WorkerPool(plan.Threads);
        _layout = new ForestLayout(_kernel.Columns, config.PadTokenId);
        _store = new ParameterStore(shape);
        _updates = new ParameterUpdates(_store, _pool);
        _weights = new DecoderWeights(_kernel, shape, WeightForm.Float32, EmbeddingTable.Over(config.HiddenSize));
        _forward = new DecoderForward(_kernel, shape, _weights, _pool);
        _backward = new DecoderBackward(_kernel, shape, _weights, _store, _forward, _pool);
        _kept = new Activations(shape, recomputeActivations);
        IReadOnlyDictionary<string, ParameterSink> forward = _weights.Sinks(), backward = _backward.Sinks();
        _packing =
        [
            .. _store.Parameters.Select(parameter => (
                _store[parameter.Name],
                backward.TryGetValue(parameter.Name, out ParameterSink? sink) ? [forward[parameter.Name], sink] : new[] { forward[parameter.Name] })),
        ];
        foreach (ParameterInfo parameter in _store.Parameters)
        {
            var values = new float[parameter.Count];
            parameters.Read(parameter, values);
            Write(parameter, ParameterPart.Value, values);
        }
    }

    public DecoderConfig Config { get; }

    public KernelPlan Plan { get; }

    public IReadOnlyList<ParameterInfo> Parameters => _store.Parameters;

    public void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        _hasForward = false;
        Run(forest, kept: null, rewards, cancellationToken);
    }

    public void Forward(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken) =>
        _hasForward = Run(forest, _kept, rewards, cancellationToken);

    public void Backward(ReadOnlySpan<float> rewardGradients, CancellationToken cancellationToken)
    {
        if (!_hasForward)
        {
            throw new InvalidOperationException("Backward needs a Forward before it.");
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(rewardGradients.Length, _layout.PooledTokens.Length);
        _hasForward = false;
        _backward.Run(_layout, _kept, rewardGradients, cancellationToken);
    }

    public double GradientNorm() => _updates.GradientNorm();

    public void Step(in AdamWStep step)
    {
        _updates.Apply(step);
        _isPacked = false;
    }

    public void Read(ParameterInfo parameter, ParameterPart part, Span<float> destination) =>
        _store[parameter.Name].Read(part, destination);

    public void Write(ParameterInfo parameter, ParameterPart part, ReadOnlySpan<float> source)
    {
        _store[parameter.Name].Write(part, source);
        _isPacked &= part != ParameterPart.Value;
    }

    public void Dispose()
    {
        _pool.Dispose();
        _forward.Dispose();
        _backward.Dispose();
        _kept.Dispose();
        _weights.Dispose();
        _store.Dispose();
    }

    private bool Run(TokenForest forest, Activations? kept, Span<float> rewards, CancellationToken cancellationToken)
    {
        ForestChecks.Validate(forest, Config, rewards.Length);
        if (forest.Leaves.Length == 0)
        {
            return false;
        }

        Pack();
        _layout.Lay(forest);
        _forward.Run(_layout, kept, rewards, cancellationToken);
        return true;
    }

    /// <summary>Brings the packed copies up to date with the parameters.</summary>
    private void Pack()
    {
        if (_isPacked)
        {
            return;
        }

        _pool.Run(_packing.Length, (i, _) =>
        {
            (ParameterStore.Entry entry, ParameterSink[] sinks) = _packing[i];
            foreach (ParameterSink sink in sinks)
            {
                sink(entry[ParameterPart.Value], entry.Stride, entry.Info.Rows, 0);
            }
        });
        _isPacked = true;
    }
}
