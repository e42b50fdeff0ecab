using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu;

/// <summary>Scores forests on the processor, in float32; products with weights in int8 where the plan says so.</summary>
internal sealed class CpuRewardEngine : IPrefixCachingEngine
{
    private readonly MatmulKernel _kernel;
    private readonly DecoderShape _shape;
    private readonly WorkerPool _pool;
    private readonly DecoderWeights _weights;
    private readonly DecoderForward _forward;
    private readonly ForestLayout _layout;

    /// <param name="config">The model's shape.</param>
    /// <param name="parameters">Its parameters; read once.</param>
    /// <param name="plan">What runs it.</param>
    /// <param name="progress">Told the share of the parameters that are read, from 0 to 1; on any thread, never on two at once.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public CpuRewardEngine(
        DecoderConfig config, IParameterSource parameters, KernelPlan plan, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Config = config;
        Plan = plan;
        _kernel = CpuKernelSelector.Create(plan);
        _shape = new DecoderShape(config, _kernel);
        var forms = WeightForms.Of(config, parameters, plan);
        _weights = new DecoderWeights(
            _kernel, _shape, forms.Matrices, EmbeddingTable.Create(config.VocabularySize, config.HiddenSize, forms.Embedding),
            CpuKernelSelector.CreateInt8(plan));
        _pool = new WorkerPool(plan.Threads);
        _forward = new DecoderForward(_kernel, _shape, _weights, _pool);
        _layout = new ForestLayout(_kernel.Columns, config.PadTokenId);
        try
        {
            new WeightLoader(_pool).Load(ParameterLayout.For(config), parameters, _weights.Sinks(), progress, cancellationToken);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DecoderConfig Config { get; }

    public KernelPlan Plan { get; }

    public IPrefixBlock CreatePrefixBlock() => new CpuPrefixBlock(_shape);

    public void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        ForestChecks.Validate(forest, Config, rewards.Length);
        if (forest.Leaves.Length > 0)
        {
            _layout.Lay(forest);
            _forward.Run(_layout, kept: null, rewards, cancellationToken);
        }
    }

    public void Dispose()
    {
        _pool.Dispose();
        _forward.Dispose();
        _weights.Dispose();
    }
}
