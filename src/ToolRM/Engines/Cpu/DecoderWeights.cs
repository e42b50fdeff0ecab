using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu;

/// <summary>A model's parameters, packed for the forward pass.</summary>
internal sealed unsafe class DecoderWeights : IDisposable
{
    private readonly DecoderShape _shape;
    private readonly AlignedBuffer _vectors;

    /// <param name="kernel">The kernel that multiplies.</param>
    /// <param name="shape">The model's shape.</param>
    /// <param name="form">How matrices are held.</param>
    /// <param name="embedding">Where token embeddings are; disposed with the weights.</param>
    /// <param name="int8">Multiplies with matrices that are held in 8 bits; needed for these alone.</param>
    public DecoderWeights(MatmulKernel kernel, DecoderShape shape, WeightForm form, EmbeddingTable embedding, Int8Kernel? int8 = null)
    {
        _shape = shape;
        Embedding = embedding;
        Layers = new LayerWeights[shape.Config.Layers];
        for (int i = 0; i < Layers.Length; i++)
        {
            Layers[i] = new LayerWeights(
                shape,
                (depth, columns) => form switch
                {
                    WeightForm.Int8 => new Int8Matrix(int8!, depth, columns, kernel.Columns),
                    WeightForm.BFloat16 => new BFloat16Matrix(kernel, depth, columns),
                    _ => new Float32Matrix(kernel, depth, columns),
                });
        }

        _vectors = new AlignedBuffer(2 * shape.PaddedHidden);
        FinalNorm = _vectors.Pointer;
        Head = FinalNorm + shape.PaddedHidden;
    }

    public LayerWeights[] Layers { get; }

    public float* FinalNorm { get; }

    public float* Head { get; }

    public EmbeddingTable Embedding { get; }

    /// <summary>What to do with the values of each parameter of <see cref="ParameterLayout.For"/>, by name.</summary>
    public IReadOnlyDictionary<string, ParameterSink> Sinks()
    {
        var sinks = new Dictionary<string, ParameterSink>
        {
            [ParameterLayout.Embedding] = Embedding.Load,
            [ParameterLayout.FinalNorm] = Vector(FinalNorm, _shape.Hidden),
            [ParameterLayout.Head] = Vector(Head, _shape.Hidden),
        };
        int queries = _shape.Queries, keys = _shape.Keys;
        for (int i = 0; i < Layers.Length; i++)
        {
            LayerWeights layer = Layers[i];
            void Add(string name, ParameterSink sink) => sinks[ParameterLayout.Layer(i, name)] = sink;

            Add("input_layernorm.weight", Vector(layer.AttentionNorm, _shape.Hidden));
            Add("self_attn.q_proj.weight", Matrix(layer.Projection, 0));
            Add("self_attn.k_proj.weight", Matrix(layer.Projection, queries));
            Add("self_attn.v_proj.weight", Matrix(layer.Projection, queries + keys));
            Add("self_attn.q_proj.bias", Vector(layer.ProjectionBias, queries));
            Add("self_attn.k_proj.bias", Vector(layer.ProjectionBias + queries, keys));
            Add("self_attn.v_proj.bias", Vector(layer.ProjectionBias + queries + keys, keys));
            Add("self_attn.q_norm.weight", Vector(layer.QueryNorm, _shape.HeadSize));
            Add("self_attn.k_norm.weight", Vector(layer.KeyNorm, _shape.HeadSize));
            Add("self_attn.o_proj.weight", Matrix(layer.Output, 0));
            Add("post_attention_layernorm.weight", Vector(layer.FeedForwardNorm, _shape.Hidden));
            Add("mlp.gate_proj.weight", Matrix(layer.Gate, 0));
            Add("mlp.up_proj.weight", Matrix(layer.Up, 0));
            Add("mlp.down_proj.weight", Matrix(layer.Down, 0));
        }

        return sinks;
    }

    public void Dispose()
    {
        foreach (LayerWeights layer in Layers)
        {
            layer.Dispose();
        }

        Embedding.Dispose();
        _vectors.Dispose();
    }

    private static ParameterSink Matrix(WeightMatrix matrix, int firstColumn) =>
        (values, stride, rows, firstRow) => matrix.Load(values, stride, rows, firstColumn + firstRow);

    private static ParameterSink Vector(float* destination, int count) =>
        (values, _, _, _) => new ReadOnlySpan<float>(values, count).CopyTo(new Span<float>(destination, count));
}
