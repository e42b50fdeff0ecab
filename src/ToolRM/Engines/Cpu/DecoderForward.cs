using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu;

/// <summary>
/// The forward pass over a forest. Rows (tokens) are cut into blocks that stay in a core's cache through a whole layer:
/// attention, feed-forward, and the next layer's projections. Only keys and values are shared, so one barrier per layer
/// is enough. The last layer runs for the pooled tokens alone.
/// </summary>
internal sealed unsafe class DecoderForward : IDisposable
{
    private readonly DecoderShape _shape;
    private readonly DecoderWeights _weights;
    private readonly WorkerPool _pool;
    private readonly ForwardWorker[] _workers;
    private readonly RowBlocks _blocks = new();
    private readonly HeadTransform _heads;
    private readonly FeedForward _feedForward;
    private readonly PrefixTransfer _prefixes;
    private readonly KeyPanels[] _keys;
    private readonly KeyRows[] _values;
    private readonly AlignedBuffer _hidden = new(), _queries = new(), _pooledHidden = new(), _pooledQueries = new();
    private ForestLayout _layout = null!;
    private Activations? _kept;
    private int _prefixBlocks;
    private int _layer;

    public DecoderForward(MatmulKernel kernel, DecoderShape shape, DecoderWeights weights, WorkerPool pool)
    {
        _shape = shape;
        _weights = weights;
        _pool = pool;
        _workers = [.. Enumerable.Range(0, pool.Threads).Select(_ => new ForwardWorker(kernel, shape, RowBlocks.Largest))];
        _keys = [new KeyPanels(shape), new KeyPanels(shape)];
        _values = [new KeyRows(shape), new KeyRows(shape)];
        Rotary = new RotaryTable(shape.Config);
        _heads = new HeadTransform(shape, Rotary);
        _feedForward = new FeedForward(shape);
        _prefixes = new PrefixTransfer(shape);
    }

    public RotaryTable Rotary { get; }

    /// <summary>Leaves x hidden: the residual stream of the pooled tokens after the last layer, before the final norm.</summary>
    public float* Pooled => _pooledHidden.Pointer;

    /// <summary>Writes the reward of each leaf.</summary>
    /// <param name="layout">The forest.</param>
    /// <param name="kept">Where to leave what a backward pass needs, or null.</param>
    /// <param name="rewards">One per leaf.</param>
    /// <param name="cancellationToken">Looked at between layers.</param>
    public void Run(ForestLayout layout, Activations? kept, Span<float> rewards, CancellationToken cancellationToken)
    {
        (_layout, _kept) = (layout, kept);
        int leaves = layout.PooledTokens.Length;
        Rotary.Ensure(layout.Forest.LongestPath);
        _hidden.Ensure((long)layout.Tokens * _shape.PaddedHidden);
        _queries.Ensure((long)layout.Tokens * _shape.PaddedQueries);
        _pooledHidden.Ensure((long)leaves * _shape.PaddedHidden);
        _pooledQueries.Ensure((long)leaves * _shape.PaddedQueries);
        Array.ForEach(_keys, keys => keys.Ensure(layout.KeyBlocks));
        Array.ForEach(_values, values => values.Ensure(layout.KeyBlocks));
        kept?.Ensure(layout.Tokens, leaves);
        _prefixBlocks = PrefixTransfer.Blocks(layout);
        _blocks.Cut(layout, _pool.Threads);
        ForBlocks(EmbedBlock, block => Restore(block, 0));
        for (_layer = 0; _layer < _weights.Layers.Length - 1; _layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ForBlocks(
                TokenBlock,
                block =>
                {
                    Save(block);
                    Restore(block, _layer + 1);
                });
        }

        cancellationToken.ThrowIfCancellationRequested();
        _blocks.Cut(leaves, _pool.Threads);
        ForBlocks(PooledBlock, Save);
        float* normed = _workers[0].Normed;
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            RmsNorm.Forward(Pooled + ((nint)leaf * _shape.PaddedHidden), _weights.FinalNorm, normed, _shape.Hidden, _shape.NormEpsilon);
            rewards[leaf] = VectorMath.Dot(normed, _weights.Head, _shape.Hidden);
        }
    }

    /// <summary>
    /// Runs one layer again, not the last, on the input that the last <see cref="Run"/> kept, as far as its backward pass
    /// needs: up to the feed-forward layer's two projections.
    /// </summary>
    public void Recompute(ForestLayout layout, Activations kept, int layer)
    {
        (_layout, _kept, _layer) = (layout, kept, layer);
        kept.Hold(layer);
        _blocks.Cut(layout, _pool.Threads);
        ForBlocks(ProjectAgain, Ignore);
        ForBlocks(WidenAgain, Ignore);
    }

    public void Dispose()
    {
        Array.ForEach(_workers, worker => worker.Dispose());
        Array.ForEach(_keys, keys => keys.Dispose());
        Array.ForEach(_values, values => values.Dispose());
        Rotary.Dispose();
        _hidden.Dispose();
        _queries.Dispose();
        _pooledHidden.Dispose();
        _pooledQueries.Dispose();
    }

    /// <summary>Shares blocks of rows among the threads, and after them the blocks of prefixes.</summary>
    private void ForBlocks(Action<int, int, ForwardWorker> body, Action<int> prefixBody)
    {
        int blocks = _blocks.Count;
        _pool.Run(blocks + _prefixBlocks, (item, worker) =>
        {
            if (item < blocks)
            {
                int first = _blocks.Start(item);
                body(first, _blocks.Start(item + 1) - first, _workers[worker]);
            }
            else
            {
                prefixBody(item - blocks);
            }
        });
    }

    private void Restore(int block, int layer) => _prefixes.Restore(_layout, block, layer, _keys[layer % 2], _values[layer % 2]);

    private void Save(int block) => _prefixes.Save(_layout, block, _layer, _keys[_layer % 2], _values[_layer % 2]);

    /// <summary>Training has no kept prefixes.</summary>
    private static void Ignore(int block)
    {
    }

    private void EmbedBlock(int first, int rows, ForwardWorker worker)
    {
        for (int row = first; row < first + rows; row++)
        {
            _weights.Embedding.Copy(_layout.Forest.Tokens[row], Hidden(row));
        }

        Project(0, first, rows, worker);
    }

    private void ProjectAgain(int first, int rows, ForwardWorker worker)
    {
        Copy(_kept!.Input(_layer) + ((nint)first * _shape.PaddedHidden), Hidden(first), rows * _shape.PaddedHidden);
        Project(_layer, first, rows, worker);
    }

    private void WidenAgain(int first, int rows, ForwardWorker worker) =>
        _feedForward.Widen(_weights.Layers[_layer], Kept(_layer), first, rows, Attend(first, rows, worker), Hidden(first), worker);

    private void TokenBlock(int first, int rows, ForwardWorker worker)
    {
        _feedForward.Run(_weights.Layers[_layer], Kept(_layer), first, rows, Attend(first, rows, worker), Hidden(first), worker);
        Project(_layer + 1, first, rows, worker);
    }

    /// <summary>The attention of a block of tokens.</summary>
    /// <returns>Its output.</returns>
    private float* Attend(int first, int rows, ForwardWorker worker)
    {
        LayerActivations? kept = Kept(_layer);
        nint place = (nint)first * _shape.PaddedQueries;
        float* queries = (kept is null ? _queries.Pointer : kept.Queries) + place;
        float* attended = kept is null ? worker.Attended : kept.Attended + place;
        for (int done = 0; done < rows;)
        {
            int segment = _layout.SegmentOfToken[first + done];
            Segment part = _layout.Forest.Segments[segment];
            int count = Math.Min(rows - done, part.Start + part.Length - first - done);
            nint offset = (nint)done * _shape.PaddedQueries;
            worker.Attention.Run(
                _layout, _keys[_layer % 2], _values[_layer % 2], segment, first + done - part.Start, count,
                queries + offset, attended + offset);
            done += count;
        }

        return attended;
    }

    private void PooledBlock(int first, int rows, ForwardWorker worker)
    {
        LayerActivations? kept = Kept(_layer);
        nint place = (nint)first * _shape.PaddedQueries;
        float* queries = (kept is null ? _pooledQueries.Pointer : kept.Queries) + place;
        float* attended = kept is null ? worker.Attended : kept.Attended + place;
        float* hidden = Pooled + ((nint)first * _shape.PaddedHidden);
        for (int row = 0; row < rows; row++)
        {
            int token = _layout.PooledTokens[first + row], segment = _layout.SegmentOfToken[token];
            nint offset = (nint)row * _shape.PaddedQueries;
            Copy(_queries.Pointer + ((nint)token * _shape.PaddedQueries), queries + offset, _shape.PaddedQueries);
            Copy(Hidden(token), hidden + ((nint)row * _shape.PaddedHidden), _shape.PaddedHidden);
            worker.Attention.Run(
                _layout, _keys[_layer % 2], _values[_layer % 2], segment, token - _layout.Forest.Segments[segment].Start, 1,
                queries + offset, attended + offset);
        }

        _feedForward.Run(_weights.Layers[_layer], kept, first, rows, attended, hidden, worker);
    }

    /// <summary>Norm and projection of a layer's input; keys and values go to the layer's blocks.</summary>
    private void Project(int layer, int first, int rows, ForwardWorker worker)
    {
        LayerWeights weights = _weights.Layers[layer];
        LayerActivations? kept = Kept(layer);
        float* normed = worker.Normed, projected = kept is null ? worker.Projected : kept.Projected + ((nint)first * _shape.PaddedProjected);
        if (_kept != null)
        {
            Copy(Hidden(first), _kept.Input(layer) + ((nint)first * _shape.PaddedHidden), rows * _shape.PaddedHidden);
        }

        RmsNorm.ForwardRows(Hidden(first), weights.AttentionNorm, normed, rows, _shape);
        weights.Projection.Multiply(worker.Left.Select(rows, normed, _shape.PaddedHidden), projected, _shape.PaddedProjected);
        bool isLast = layer == _weights.Layers.Length - 1;
        for (int row = 0; row < rows; row++)
        {
            int token = first + row;
            float* source = projected + ((nint)row * _shape.PaddedProjected);
            if (_shape.Config.HasAttentionBias)
            {
                VectorMath.Add(weights.ProjectionBias, source, _shape.PaddedProjected);
            }

            float* queries = kept is null || isLast ? _queries.Pointer : kept.Queries;
            TransformQueries(weights, source, queries + ((nint)token * _shape.PaddedQueries), _layout.Position(token));
            StoreKeys(weights, layer, source + _shape.Queries, token, worker.Keys);
        }
    }

    private void TransformQueries(LayerWeights weights, float* source, float* queries, int position)
    {
        for (int column = 0; column < _shape.Queries; column += _shape.HeadSize)
        {
            _heads.Forward(source + column, weights.QueryNorm, position, _shape.QueryScale, queries + column);
        }
    }

    private void StoreKeys(LayerWeights weights, int layer, float* source, int token, float* keys)
    {
        int slot = _layout.KeySlot(token), position = _layout.Position(token);
        for (int head = 0; head < _shape.KeyValueHeads; head++)
        {
            nint column = (nint)head * _shape.HeadSize;
            _heads.Forward(source + column, weights.KeyNorm, position, 1, keys + column);
            _keys[layer % 2].Store(head, slot, keys + column);
            _values[layer % 2].Store(head, slot, source + _shape.Keys + column);
        }

        if (Kept(layer) is { } kept)
        {
            Copy(keys, kept.Keys + ((nint)token * _shape.PaddedKeys), _shape.Keys);
        }
    }

    private float* Hidden(int token) => _hidden.Pointer + ((nint)token * _shape.PaddedHidden);

    private LayerActivations? Kept(int layer) => _kept?.Of(layer);

    private static void Copy(float* source, float* destination, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(destination, count));
}
