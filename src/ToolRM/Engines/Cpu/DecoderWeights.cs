using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu;

/// <summary>Takes a parameter's values, row-major with the given distance between rows.</summary>
internal unsafe delegate void ParameterSink(float* values, nint rowStride);

/// <summary>A model's parameters, packed for the forward pass.</summary>
internal sealed unsafe class DecoderWeights : IDisposable
{
    private readonly DecoderShape _shape;
    private readonly AlignedBuffer _vectors;

    public DecoderWeights(MatmulKernel kernel, DecoderShape shape)
    {
        _shape = shape;
        Layers = new LayerWeights[shape.Config.Layers];
        for (int i = 0; i < Layers.Length; i++)
        {
            Layers[i] = new LayerWeights(kernel, shape);
        }

        _vectors = new AlignedBuffer(2 * shape.PaddedHidden);
        FinalNorm = _vectors.Pointer;
        Head = FinalNorm + shape.PaddedHidden;
    }

    public LayerWeights[] Layers { get; }

    public float* FinalNorm { get; }

    public float* Head { get; }

    /// <summary>The token embedding, a row per token; memory of the engine.</summary>
    public float* Embedding { get; private set; }

    /// <summary>Distance of the embedding's rows.</summary>
    public nint EmbeddingStride { get; private set; }

    /// <summary>What to do with the values of each parameter of <see cref="ParameterLayout.For"/>, by name.</summary>
    public IReadOnlyDictionary<string, ParameterSink> Sinks()
    {
        var sinks = new Dictionary<string, ParameterSink>
        {
            [ParameterLayout.Embedding] = UseEmbedding,
            [ParameterLayout.FinalNorm] = Vector(FinalNorm, _shape.Hidden),
            [ParameterLayout.Head] = Vector(Head, _shape.Hidden),
        };
        int queries = _shape.Queries, keys = _shape.Keys;
        for (int i = 0; i < Layers.Length; i++)
        {
            LayerWeights layer = Layers[i];
            void Add(string name, ParameterSink sink) => sinks[ParameterLayout.Layer(i, name)] = sink;

            Add("input_layernorm.weight", Vector(layer.AttentionNorm, _shape.Hidden));
            Add("self_attn.q_proj.weight", Matrix(layer.Projection, queries, 0));
            Add("self_attn.k_proj.weight", Matrix(layer.Projection, keys, queries));
            Add("self_attn.v_proj.weight", Matrix(layer.Projection, keys, queries + keys));
            Add("self_attn.q_proj.bias", Vector(layer.ProjectionBias, queries));
            Add("self_attn.k_proj.bias", Vector(layer.ProjectionBias + queries, keys));
            Add("self_attn.v_proj.bias", Vector(layer.ProjectionBias + queries + keys, keys));
            Add("self_attn.q_norm.weight", Vector(layer.QueryNorm, _shape.HeadSize));
            Add("self_attn.k_norm.weight", Vector(layer.KeyNorm, _shape.HeadSize));
            Add("self_attn.o_proj.weight", Matrix(layer.Output, _shape.Hidden, 0));
            Add("post_attention_layernorm.weight", Vector(layer.FeedForwardNorm, _shape.Hidden));
            Add("mlp.gate_proj.weight", Matrix(layer.Gate, _shape.Intermediate, 0));
            Add("mlp.up_proj.weight", Matrix(layer.Up, _shape.Intermediate, 0));
            Add("mlp.down_proj.weight", Matrix(layer.Down, _shape.Hidden, 0));
        }

        return sinks;
    }

    public void Dispose()
    {
        foreach (LayerWeights layer in Layers)
        {
            layer.Dispose();
        }

        _vectors.Dispose();
    }

    private static ParameterSink Matrix(PackedMatrix packed, int rows, int firstColumn) =>
        (values, stride) => packed.PackTransposed(values, stride, rows, firstColumn);

    private static ParameterSink Vector(float* destination, int count) =>
        (values, _) => new ReadOnlySpan<float>(values, count).CopyTo(new Span<float>(destination, count));

    private void UseEmbedding(float* values, nint rowStride)
    {
        Embedding = values;
        EmbeddingStride = rowStride;
    }
}
