using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu.Backward;

/// <summary>
/// The backward pass, written out by hand: from the gradients of the rewards to those of every parameter, layer by layer
/// from the last. Blocks have a fixed size and sums a fixed order, so gradients do not depend on the number of threads.
/// </summary>
internal sealed unsafe class DecoderBackward : IDisposable
{
    private readonly MatmulKernel _kernel;
    private readonly DecoderShape _shape;
    private readonly DecoderWeights _weights;
    private readonly DecoderForward _forward;
    private readonly WorkerPool _pool;
    private readonly LayerBackward[] _layers;
    private readonly BackwardWorker[] _workers;
    private readonly AttentionGradients _attention;
    private readonly GradientBuffers _buffers;
    private readonly GradientPanels _panels;
    private readonly FeedForwardBackward _feedForward;
    private readonly ProjectionBackward _projection;
    private readonly ParameterStore.Entry _embedding;
    private readonly float* _finalNormGradient, _headGradient;
    private readonly Action<int, int> _first, _second, _third, _fourth, _last;
    private ForestLayout _layout = null!;
    private LayerBackward _layer = null!;
    private LayerActivations _kept = null!;
    private float* _input;
    private bool _isLast;

    public DecoderBackward(
        MatmulKernel kernel, DecoderShape shape, DecoderWeights weights, ParameterStore store, DecoderForward forward, WorkerPool pool)
    {
        (_kernel, _shape, _weights, _forward, _pool) = (kernel, shape, weights, forward, pool);
        _workers = [.. Enumerable.Range(0, pool.Threads).Select(_ => new BackwardWorker(kernel, shape))];
        _attention = new AttentionGradients(shape);
        _buffers = new GradientBuffers(shape);
        _panels = new GradientPanels(kernel, shape);
        _layers =
        [
            .. weights.Layers.Select((layer, i) => new LayerBackward(
                layer, new BackwardWeights(kernel, shape), new LayerGradients(shape, store, _panels, i))),
        ];
        _feedForward = new FeedForwardBackward(kernel, shape, _buffers, _panels);
        _projection = new ProjectionBackward(kernel, shape, forward.Rotary, _buffers, _panels, _attention);
        _embedding = store[ParameterLayout.Embedding];
        _finalNormGradient = store[ParameterLayout.FinalNorm][ParameterPart.Gradient];
        _headGradient = store[ParameterLayout.Head][ParameterPart.Gradient];
        (_first, _second, _third, _fourth, _last) = (FeedForwardOrKeys, AttentionOrProduct, Projection, ProjectionProduct, EmbeddingShare);
    }

    /// <summary>The rows that the layer's second part computes: all tokens, or in the last layer the pooled ones.</summary>
    private int QueryRows => _isLast ? _layout.PooledTokens.Length : _layout.Tokens;

    /// <summary>Gradients of the residual stream of those rows.</summary>
    private float* QueryHidden => _isLast ? _buffers.Pooled : _buffers.Hidden;

    /// <summary>What to do with the values of each weight matrix, by parameter name.</summary>
    public IReadOnlyDictionary<string, ParameterSink> Sinks()
    {
        var sinks = new Dictionary<string, ParameterSink>();
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].Transposed.AddSinks(i, sinks);
        }

        return sinks;
    }

    /// <summary>Adds the gradients of sum(reward * rewardGradient) to the store.</summary>
    /// <param name="layout">The forest of the last forward pass.</param>
    /// <param name="activations">What that left; layers that are not held are computed again.</param>
    /// <param name="rewardGradients">One per leaf.</param>
    /// <param name="cancellationToken">Looked at between layers.</param>
    public void Run(ForestLayout layout, Activations activations, ReadOnlySpan<float> rewardGradients, CancellationToken cancellationToken)
    {
        _layout = layout;
        _buffers.Ensure(layout.Tokens, layout.PooledTokens.Length, BackwardBlocks.Count(layout.Tokens));
        _panels.Ensure(layout.Tokens);
        _attention.Ensure(layout.KeyBlocks);
        Head(_forward.Pooled, rewardGradients);
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (activations.Of(i) is null)
            {
                _forward.Recompute(layout, activations, i);
            }

            (_layer, _kept, _isLast) = (_layers[i], activations.Of(i)!, i == _layers.Length - 1);
            _input = activations.Input(i);
            Layer();
        }

        _pool.Run(_pool.Threads, _last);
    }

    public void Dispose()
    {
        Array.ForEach(_layers, layer => layer.Transposed.Dispose());
        Array.ForEach(_workers, worker => worker.Dispose());
        _attention.Dispose();
        _buffers.Dispose();
        _panels.Dispose();
    }

    private void Head(float* pooled, ReadOnlySpan<float> rewardGradients)
    {
        float* normed = _workers[0].Normed, normedGradient = _workers[0].NormedGradient;
        for (int leaf = 0; leaf < rewardGradients.Length; leaf++)
        {
            float* row = pooled + ((nint)leaf * _shape.PaddedHidden), gradient = _buffers.Pooled + ((nint)leaf * _shape.PaddedHidden);
            RmsNorm.Forward(row, _weights.FinalNorm, normed, _shape.Hidden, _shape.NormEpsilon);
            VectorMath.AddScaled(normed, rewardGradients[leaf], _headGradient, _shape.PaddedHidden);
            VectorMath.Scale(_weights.Head, rewardGradients[leaf], normedGradient, _shape.PaddedHidden);
            new Span<float>(gradient, _shape.PaddedHidden).Clear();
            RmsNorm.Backward(normedGradient, row, _weights.FinalNorm, gradient, _finalNormGradient, _shape.Hidden, _shape.NormEpsilon);
        }
    }

    /// <summary>One layer, in four parts with a barrier after each.</summary>
    private void Layer()
    {
        int tokens = _layout.Tokens, rows = QueryRows;
        _pool.Run(BackwardBlocks.Count(rows) + BackwardBlocks.Count(tokens), _first);
        _layer.Gradients.AddFeedForwardNorm(_buffers, BackwardBlocks.Count(rows));
        _pool.Run(AttentionItems + Blocks(_layer.Gradients.LayerProducts), _second);
        if (_isLast)
        {
            SpreadPooled();
        }

        _pool.Run(BackwardBlocks.Count(tokens), _third);
        _layer.Gradients.AddProjectionVectors(_buffers, BackwardBlocks.Count(tokens));
        _pool.Run(Blocks(_layer.Gradients.ProjectionProducts), _fourth);
    }

    /// <summary>Blocks of the feed-forward layer's backward pass, then blocks of keys and values to lay out.</summary>
    private void FeedForwardOrKeys(int item, int worker)
    {
        int rows = QueryRows, blocks = BackwardBlocks.Count(rows);
        if (item < blocks)
        {
            int first = item * BackwardBlocks.Rows;
            _feedForward.Run(_layer, _kept, QueryHidden, first, Math.Min(BackwardBlocks.Rows, rows - first), _workers[worker]);
        }
        else
        {
            int first = (item - blocks) * BackwardBlocks.Rows;
            _projection.RestoreKeys(_layout, _kept, first, Math.Min(BackwardBlocks.Rows, _layout.Tokens - first));
        }
    }

    private int AttentionItems => _layout.Trees * _shape.KeyValueHeads;

    /// <summary>The attention's backward pass, whose items may be large, then products that do not need it.</summary>
    private void AttentionOrProduct(int item, int worker)
    {
        if (item >= AttentionItems)
        {
            Product(_layer.Gradients.LayerProducts, item - AttentionItems, QueryRows);
        }
        else if (_isLast)
        {
            PooledAttention(item / _shape.KeyValueHeads, item % _shape.KeyValueHeads, _workers[worker].Attention);
        }
        else
        {
            Attention(item / _shape.KeyValueHeads, item % _shape.KeyValueHeads, _workers[worker].Attention);
        }
    }

    private void Attention(int tree, int head, AttentionBackward attention)
    {
        var rows = new AttentionBackward.QueryRows(_kept.Queries, _kept.Attended, _buffers.Attended, _buffers.Queries);
        for (int s = _layout.FirstSegmentOfTree[tree]; s < _layout.FirstSegmentOfTree[tree + 1]; s++)
        {
            Segment segment = _layout.Forest.Segments[s];
            attention.Run(_attention, _layout, s, 0, segment.Length, head, rows.At((nint)segment.Start * _shape.PaddedQueries));
        }
    }

    private void PooledAttention(int tree, int head, AttentionBackward attention)
    {
        var rows = new AttentionBackward.QueryRows(_kept.Queries, _kept.Attended, _buffers.Attended, _buffers.PooledQueries);
        for (int leaf = 0; leaf < _layout.PooledTokens.Length; leaf++)
        {
            int token = _layout.PooledTokens[leaf], s = _layout.SegmentOfToken[token];
            if (s >= _layout.FirstSegmentOfTree[tree] && s < _layout.FirstSegmentOfTree[tree + 1])
            {
                attention.Run(
                    _attention, _layout, s, token - _layout.Forest.Segments[s].Start, 1, head, rows.At((nint)leaf * _shape.PaddedQueries));
            }
        }
    }

    /// <summary>Carries the gradients of the pooled rows over to the rows of all tokens, which are zero elsewhere.</summary>
    private void SpreadPooled()
    {
        new Span<float>(_buffers.Hidden, _layout.Tokens * _shape.PaddedHidden).Clear();
        new Span<float>(_buffers.Queries, _layout.Tokens * _shape.PaddedQueries).Clear();
        for (int leaf = 0; leaf < _layout.PooledTokens.Length; leaf++)
        {
            nint token = _layout.PooledTokens[leaf];
            VectorMath.Add(
                _buffers.Pooled + ((nint)leaf * _shape.PaddedHidden), _buffers.Hidden + (token * _shape.PaddedHidden), _shape.PaddedHidden);
            VectorMath.Add(
                _buffers.PooledQueries + ((nint)leaf * _shape.PaddedQueries), _buffers.Queries + (token * _shape.PaddedQueries),
                _shape.PaddedQueries);
        }
    }

    private void Projection(int item, int worker)
    {
        int first = item * BackwardBlocks.Rows;
        _projection.Run(_layer, _kept, _input, _layout, first, Math.Min(BackwardBlocks.Rows, _layout.Tokens - first), _workers[worker]);
    }

    private void ProjectionProduct(int item, int worker) => Product(_layer.Gradients.ProjectionProducts, item, _layout.Tokens);

    private void Product(WeightGradient[] products, int block, int rows)
    {
        int index = 0;
        for (; block >= products[index].Blocks; index++)
        {
            block -= products[index].Blocks;
        }

        products[index].Run(_kernel, block, rows);
    }

    /// <summary>Adds the gradients of the tokens' rows to those of their embeddings; each share is some of the vocabulary.</summary>
    private void EmbeddingShare(int share, int worker)
    {
        ReadOnlySpan<int> tokens = _layout.Forest.Tokens;
        for (int row = 0; row < tokens.Length; row++)
        {
            if (tokens[row] % _pool.Threads == share)
            {
                VectorMath.Add(
                    _buffers.Hidden + ((nint)row * _shape.PaddedHidden),
                    _embedding[ParameterPart.Gradient] + ((nint)tokens[row] * _embedding.Stride), _shape.PaddedHidden);
            }
        }
    }

    private static int Blocks(WeightGradient[] products)
    {
        int blocks = 0;
        foreach (WeightGradient product in products)
        {
            blocks += product.Blocks;
        }

        return blocks;
    }
}
