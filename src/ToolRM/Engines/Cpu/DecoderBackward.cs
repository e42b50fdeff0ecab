using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// The backward pass, written out by hand: from the gradients of the rewards to those of every parameter, layer by layer
/// from the last. Blocks have a fixed size and sums a fixed order, so gradients do not depend on the number of threads.
/// </summary>
internal sealed unsafe class DecoderBackward : IDisposable
{
    private const int BlockRows = 96;
    private readonly MatmulKernel _kernel;
    private readonly DecoderShape _shape;
    private readonly DecoderWeights _weights;
    private readonly BackwardWeights[] _backwardWeights;
    private readonly ParameterGradients _gradients;
    private readonly RotaryTable _rotary;
    private readonly WorkerPool _pool;
    private readonly BackwardWorker[] _workers;
    private readonly AttentionGradients _attention;
    private readonly GradientBuffers _buffers;
    private ForestLayout _layout = null!;
    private LayerActivations _kept = null!;
    private int _layer;

    public DecoderBackward(
        MatmulKernel kernel, DecoderShape shape, DecoderWeights weights, ParameterStore store, RotaryTable rotary, WorkerPool pool)
    {
        (_kernel, _shape, _weights, _rotary, _pool) = (kernel, shape, weights, rotary, pool);
        _backwardWeights = [.. weights.Layers.Select(_ => new BackwardWeights(kernel, shape))];
        _workers = [.. Enumerable.Range(0, pool.Threads).Select(_ => new BackwardWorker(kernel, shape, BlockRows))];
        _gradients = new ParameterGradients(kernel, shape, store, pool);
        _attention = new AttentionGradients(shape);
        _buffers = new GradientBuffers(shape);
    }

    /// <summary>What to do with the values of each weight matrix, by parameter name.</summary>
    public IReadOnlyDictionary<string, ParameterSink> Sinks()
    {
        var sinks = new Dictionary<string, ParameterSink>();
        for (int i = 0; i < _backwardWeights.Length; i++)
        {
            _backwardWeights[i].AddSinks(i, sinks);
        }

        return sinks;
    }

    /// <summary>Adds the gradients of sum(reward * rewardGradient) to the store.</summary>
    /// <param name="layout">The forest of the forward pass.</param>
    /// <param name="kept">What the forward pass kept.</param>
    /// <param name="pooled">The pooled tokens' residual stream after the last layer.</param>
    /// <param name="rewardGradients">One per leaf.</param>
    /// <param name="cancellationToken">Looked at between layers.</param>
    public void Run(
        ForestLayout layout, LayerActivations[] kept, float* pooled, ReadOnlySpan<float> rewardGradients, CancellationToken cancellationToken)
    {
        _layout = layout;
        _buffers.Ensure(layout.Tokens, layout.PooledTokens.Length, Blocks(layout.Tokens));
        Head(pooled, rewardGradients);
        for (_layer = _weights.Layers.Length - 1; _layer >= 0; _layer--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _kept = kept[_layer];
            Layer(isLast: _layer == _weights.Layers.Length - 1);
        }

        _gradients.AddEmbedding(layout.Forest, _buffers.Hidden);
    }

    public void Dispose()
    {
        Array.ForEach(_backwardWeights, weights => weights.Dispose());
        Array.ForEach(_workers, worker => worker.Dispose());
        _gradients.Dispose();
        _attention.Dispose();
        _buffers.Dispose();
    }

    private static int Blocks(int rows) => (rows + BlockRows - 1) / BlockRows;

    private void Head(float* pooled, ReadOnlySpan<float> rewardGradients)
    {
        float* normed = _workers[0].Normed, normedGradient = _workers[0].NormedGradient;
        for (int leaf = 0; leaf < rewardGradients.Length; leaf++)
        {
            float* row = pooled + ((nint)leaf * _shape.PaddedHidden), gradient = _buffers.Pooled + ((nint)leaf * _shape.PaddedHidden);
            RmsNorm.Forward(row, _weights.FinalNorm, normed, _shape.Hidden, _shape.NormEpsilon);
            VectorMath.AddScaled(normed, rewardGradients[leaf], _gradients.Of(ParameterLayout.Head), _shape.PaddedHidden);
            VectorMath.Scale(_weights.Head, rewardGradients[leaf], normedGradient, _shape.PaddedHidden);
            new Span<float>(gradient, _shape.PaddedHidden).Clear();
            RmsNorm.Backward(
                normedGradient, row, _weights.FinalNorm, gradient, _gradients.Of(ParameterLayout.FinalNorm), _shape.Hidden, _shape.NormEpsilon);
        }
    }

    private void Layer(bool isLast)
    {
        int tokens = _layout.Tokens, rows = isLast ? _layout.PooledTokens.Length : tokens;
        float* hidden = isLast ? _buffers.Pooled : _buffers.Hidden;
        ForBlocks(rows, (first, count, block, worker) => FeedForwardBlock(hidden, first, count, block, worker));
        _gradients.AddNorm(_layer, "post_attention_layernorm.weight", _buffers.FeedForwardNorms, Blocks(rows));

        _attention.Reset(_layout.KeyBlocks);
        ForBlocks(tokens, RestoreKeys);
        float* queryGradient = isLast ? _buffers.PooledQueries : _buffers.Queries;
        _pool.Run(
            _layout.Trees * _shape.KeyValueHeads,
            (item, worker) => AttentionItem(item / _shape.KeyValueHeads, item % _shape.KeyValueHeads, isLast, queryGradient, _workers[worker]));
        _gradients.AddProducts(
            new(_buffers.LayerOutput, _shape.PaddedHidden, _shape.Hidden, _kept.Activated, _shape.PaddedIntermediate, _shape.Intermediate, rows,
                _gradients.OfLayer(_layer, "mlp.down_proj.weight"), _shape.PaddedIntermediate),
            new(_buffers.Gate, _shape.PaddedIntermediate, _shape.Intermediate, _kept.FeedForwardNormed, _shape.PaddedHidden, _shape.Hidden, rows,
                _gradients.OfLayer(_layer, "mlp.gate_proj.weight"), _shape.PaddedHidden),
            new(_buffers.Up, _shape.PaddedIntermediate, _shape.Intermediate, _kept.FeedForwardNormed, _shape.PaddedHidden, _shape.Hidden, rows,
                _gradients.OfLayer(_layer, "mlp.up_proj.weight"), _shape.PaddedHidden),
            new(hidden, _shape.PaddedHidden, _shape.Hidden, _kept.Attended, _shape.PaddedQueries, _shape.Queries, rows,
                _gradients.OfLayer(_layer, "self_attn.o_proj.weight"), _shape.PaddedQueries));

        if (isLast)
        {
            SpreadPooled();
        }

        ForBlocks(tokens, ProjectionBlock);
        _gradients.AddNorm(_layer, "input_layernorm.weight", _buffers.AttentionNorms, Blocks(tokens));
        ProjectionProducts(tokens);
        _gradients.AddProjectionVectors(_layer, _buffers, Blocks(tokens));
    }

    private void FeedForwardBlock(float* hidden, int first, int rows, int block, BackwardWorker worker)
    {
        BackwardWeights weights = _backwardWeights[_layer];
        float* gradient = hidden + ((nint)first * _shape.PaddedHidden);
        nint wide = (nint)first * _shape.PaddedIntermediate;
        float* gate = _buffers.Gate + wide, up = _buffers.Up + wide;
        Copy(gradient, _buffers.LayerOutput + ((nint)first * _shape.PaddedHidden), rows * _shape.PaddedHidden);
        weights.Down.Multiply(_kernel, rows, gradient, _shape.PaddedHidden, worker.Activated, _shape.PaddedIntermediate);
        VectorMath.SwiGluBackward(worker.Activated, _kept.Gate + wide, _kept.Up + wide, gate, up, rows * _shape.PaddedIntermediate);
        weights.Gate.Multiply(_kernel, rows, gate, _shape.PaddedIntermediate, worker.NormedGradient, _shape.PaddedHidden);
        weights.Up.Multiply(_kernel, rows, up, _shape.PaddedIntermediate, worker.NormedGradient, _shape.PaddedHidden, accumulate: true);
        NormBackward(
            worker.NormedGradient, _kept.Middle + ((nint)first * _shape.PaddedHidden), _weights.Layers[_layer].FeedForwardNorm, gradient,
            _buffers.FeedForwardNorms + ((nint)block * _shape.PaddedHidden), rows);
        weights.Output.Multiply(
            _kernel, rows, gradient, _shape.PaddedHidden, _buffers.Attended + ((nint)first * _shape.PaddedQueries), _shape.PaddedQueries);
    }

    /// <summary>Lays out the layer's keys and values as the backward pass needs them.</summary>
    private void RestoreKeys(int first, int rows, int block, BackwardWorker worker)
    {
        for (int token = first; token < first + rows; token++)
        {
            int slot = _layout.KeySlot(token);
            float* keys = _kept.Keys + ((nint)token * _shape.PaddedKeys);
            float* values = _kept.Projected + ((nint)token * _shape.PaddedProjected) + _shape.Queries + _shape.Keys;
            for (int head = 0; head < _shape.KeyValueHeads; head++)
            {
                nint column = (nint)head * _shape.HeadSize;
                _attention.KeyPanels.Store(head, slot, keys + column);
                _attention.KeyRows.Store(head, slot, keys + column);
                _attention.ValuePanels.Store(head, slot, values + column);
            }
        }
    }

    private void AttentionItem(int tree, int head, bool isLast, float* queryGradient, BackwardWorker worker)
    {
        var rows = new AttentionBackward.QueryRows(_kept.Queries, _kept.Attended, _buffers.Attended, queryGradient);
        int firstSegment = _layout.FirstSegmentOfTree[tree], endSegment = _layout.FirstSegmentOfTree[tree + 1];
        if (!isLast)
        {
            for (int s = firstSegment; s < endSegment; s++)
            {
                Segment segment = _layout.Forest.Segments[s];
                worker.Attention.Run(_attention, _layout, s, 0, segment.Length, head, rows.At((nint)segment.Start * _shape.PaddedQueries));
            }

            return;
        }

        for (int leaf = 0; leaf < _layout.PooledTokens.Length; leaf++)
        {
            int token = _layout.PooledTokens[leaf], s = _layout.SegmentOfToken[token];
            if (s >= firstSegment && s < endSegment)
            {
                worker.Attention.Run(
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

    private void ProjectionBlock(int first, int rows, int block, BackwardWorker worker)
    {
        float* partial = _buffers.Projections + ((nint)block * _buffers.ProjectionPartial);
        new Span<float>(partial, _buffers.ProjectionPartial).Clear();
        for (int token = first; token < first + rows; token++)
        {
            float* gradient = _buffers.Projected + ((nint)token * _shape.PaddedProjected);
            float* projected = _kept.Projected + ((nint)token * _shape.PaddedProjected);
            VectorMath.Scale(_buffers.Queries + ((nint)token * _shape.PaddedQueries), _shape.QueryScale, gradient, _shape.Queries);
            int slot = _layout.KeySlot(token);
            for (int head = 0; head < _shape.KeyValueHeads; head++)
            {
                float* key = gradient + _shape.Queries + ((nint)head * _shape.HeadSize);
                Copy(_attention.KeyGradient.Row(head, slot), key, _shape.HeadSize);
                Copy(_attention.ValueGradient.Row(head, slot), key + _shape.Keys, _shape.HeadSize);
            }

            UndoHeads(gradient, projected, _layout.Position(token), partial, worker);
            if (_shape.Config.HasAttentionBias)
            {
                VectorMath.Add(gradient, partial, _shape.PaddedProjected);
            }
        }

        float* hidden = _buffers.Hidden + ((nint)first * _shape.PaddedHidden);
        _backwardWeights[_layer].Projection.Multiply(
            _kernel, rows, _buffers.Projected + ((nint)first * _shape.PaddedProjected), _shape.PaddedProjected,
            worker.NormedGradient, _shape.PaddedHidden);
        NormBackward(
            worker.NormedGradient, _kept.Input + ((nint)first * _shape.PaddedHidden), _weights.Layers[_layer].AttentionNorm, hidden,
            _buffers.AttentionNorms + ((nint)block * _shape.PaddedHidden), rows);
    }

    /// <summary>Turns the query and key heads back and undoes their norm.</summary>
    private void UndoHeads(float* gradient, float* projected, int position, float* partial, BackwardWorker worker)
    {
        LayerWeights weights = _weights.Layers[_layer];
        float* queryNorm = partial + _shape.PaddedProjected, keyNorm = queryNorm + _shape.PaddedHeadSize;
        for (int head = 0; head < _shape.Heads + _shape.KeyValueHeads; head++)
        {
            nint column = (nint)head * _shape.HeadSize;
            bool isQuery = head < _shape.Heads;
            _rotary.RotateBack(gradient + column, position);
            if (_shape.Config.HasQueryKeyNorm)
            {
                worker.HeadNorm.Backward(
                    gradient + column, projected + column, isQuery ? weights.QueryNorm : weights.KeyNorm, isQuery ? queryNorm : keyNorm);
            }
        }
    }

    private void ProjectionProducts(int tokens)
    {
        WeightGradient.Product Product(string name, int firstColumn, int rows) => new(
            _buffers.Projected + firstColumn, _shape.PaddedProjected, rows, _kept.AttentionNormed, _shape.PaddedHidden, _shape.Hidden, tokens,
            _gradients.OfLayer(_layer, name), _shape.PaddedHidden);

        _gradients.AddProducts(
            Product("self_attn.q_proj.weight", 0, _shape.Queries),
            Product("self_attn.k_proj.weight", _shape.Queries, _shape.Keys),
            Product("self_attn.v_proj.weight", _shape.Queries + _shape.Keys, _shape.Keys));

    }

    private void NormBackward(float* yGradient, float* x, float* gain, float* xGradient, float* gainGradient, int rows)
    {
        new Span<float>(gainGradient, _shape.PaddedHidden).Clear();
        for (int row = 0; row < rows; row++)
        {
            nint offset = (nint)row * _shape.PaddedHidden;
            RmsNorm.Backward(yGradient + offset, x + offset, gain, xGradient + offset, gainGradient, _shape.Hidden, _shape.NormEpsilon);
        }
    }

    private void ForBlocks(int rows, Action<int, int, int, BackwardWorker> body) =>
        _pool.Run(
            Blocks(rows),
            (item, worker) => body(item * BlockRows, Math.Min(BlockRows, rows - (item * BlockRows)), item, _workers[worker]));

    private static void Copy(float* source, float* destination, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(destination, count));
}
