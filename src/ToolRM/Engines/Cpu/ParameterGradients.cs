using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu;

/// <summary>Adds what the backward pass finds to the gradients of the parameters, in an order that is always the same.</summary>
internal sealed unsafe class ParameterGradients(MatmulKernel kernel, DecoderShape shape, ParameterStore store, WorkerPool pool) : IDisposable
{
    private readonly WeightGradient[] _products = [.. Enumerable.Range(0, pool.Threads).Select(_ => new WeightGradient(kernel))];

    /// <summary>The gradient of a parameter.</summary>
    public float* Of(string name) => store[name][ParameterPart.Gradient];

    /// <summary>The gradient of a layer's parameter.</summary>
    public float* OfLayer(int layer, string name) => Of(ParameterLayout.Layer(layer, name));

    /// <summary>Adds the gradients of weight matrices.</summary>
    public void AddProducts(params WeightGradient.Product[] products)
    {
        int strips = products.Sum(product => product.Strips);
        pool.Run(strips, (item, worker) =>
        {
            int index = 0;
            for (; item >= products[index].Strips; index++)
            {
                item -= products[index].Strips;
            }

            _products[worker].Run(products[index], item);
        });
    }

    /// <summary>Adds up the blocks' shares of a norm's gain.</summary>
    public void AddNorm(int layer, string name, float* shares, int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            AddVector(layer, name, shares + ((nint)block * shape.PaddedHidden), shape.PaddedHidden);
        }
    }

    /// <summary>Adds up the blocks' shares of the projection's bias and of the query and key norms.</summary>
    public void AddProjectionVectors(int layer, GradientBuffers buffers, int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            float* share = buffers.Projections + ((nint)block * buffers.ProjectionPartial);
            if (shape.Config.HasAttentionBias)
            {
                AddVector(layer, "self_attn.q_proj.bias", share, shape.Queries);
                AddVector(layer, "self_attn.k_proj.bias", share + shape.Queries, shape.Keys);
                AddVector(layer, "self_attn.v_proj.bias", share + shape.Queries + shape.Keys, shape.Keys);
            }

            if (shape.Config.HasQueryKeyNorm)
            {
                AddVector(layer, "self_attn.q_norm.weight", share + shape.PaddedProjected, shape.HeadSize);
                AddVector(layer, "self_attn.k_norm.weight", share + shape.PaddedProjected + shape.PaddedHeadSize, shape.HeadSize);
            }
        }
    }

    /// <summary>Adds the gradients of the tokens' rows to those of their embeddings; each thread takes some of the vocabulary.</summary>
    public void AddEmbedding(TokenForest forest, float* rows)
    {
        ParameterStore.Entry embedding = store[ParameterLayout.Embedding];
        int shares = pool.Threads;
        pool.Run(shares, (share, _) =>
        {
            ReadOnlySpan<int> tokens = forest.Tokens;
            for (int row = 0; row < tokens.Length; row++)
            {
                int token = tokens[row];
                if (token % shares == share)
                {
                    float* gradient = embedding[ParameterPart.Gradient] + ((nint)token * embedding.Stride);
                    VectorMath.Add(rows + ((nint)row * shape.PaddedHidden), gradient, shape.PaddedHidden);
                }
            }
        });
    }

    public void Dispose() => Array.ForEach(_products, product => product.Dispose());

    private void AddVector(int layer, string name, float* share, int count) => VectorMath.AddScaled(share, 1, OfLayer(layer, name), count);
}
