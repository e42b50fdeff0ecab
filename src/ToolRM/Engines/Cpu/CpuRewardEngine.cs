using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu;

/// <summary>Scores forests on the processor, in float32.</summary>
internal sealed unsafe class CpuRewardEngine : IRewardEngine
{
    private readonly MatmulKernel _kernel;
    private readonly WorkerPool _pool;
    private readonly DecoderWeights _weights;
    private readonly DecoderForward _forward;
    private readonly AlignedBuffer _embedding;

    public CpuRewardEngine(DecoderConfig config, IParameterSource parameters, KernelPlan plan)
    {
        Config = config;
        Plan = plan;
        _kernel = CpuKernelSelector.Create(plan);
        var shape = new DecoderShape(config, _kernel);
        _weights = new DecoderWeights(_kernel, shape);
        _embedding = new AlignedBuffer((long)config.VocabularySize * config.HiddenSize);
        Load(parameters);
        _pool = new WorkerPool(plan.Threads);
        _forward = new DecoderForward(_kernel, shape, _weights, _pool);
    }

    public DecoderConfig Config { get; }

    public KernelPlan Plan { get; }

    public void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        ForestChecks.Validate(forest, Config, rewards.Length);
        if (forest.Leaves.Length > 0)
        {
            _forward.Run(new ForestLayout(forest, _kernel.Columns, Config.PadTokenId), kept: null, rewards, cancellationToken);
        }
    }

    public void Dispose()
    {
        _pool.Dispose();
        _forward.Dispose();
        _weights.Dispose();
        _embedding.Dispose();
    }

    private void Load(IParameterSource parameters)
    {
        IReadOnlyDictionary<string, ParameterSink> sinks = _weights.Sinks();
        using var values = new AlignedBuffer();
        foreach (ParameterInfo parameter in ParameterLayout.For(Config))
        {
            float* destination = parameter.Kind == ParameterKind.Embedding ? _embedding.Pointer : values.Ensure(parameter.Count);
            parameters.Read(parameter, new Span<float>(destination, checked((int)parameter.Count)));
            sinks[parameter.Name](destination, parameter.Columns);
        }
    }
}
