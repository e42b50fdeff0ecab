using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Backward;

/// <summary>The backward pass of a layer from its queries, keys and values to its input, for a block of tokens.</summary>
internal sealed unsafe class ProjectionBackward(
    MatmulKernel kernel, DecoderShape shape, RotaryTable rotary, GradientBuffers buffers, GradientPanels panels, AttentionGradients attention)
{
    /// <summary>Lays out a block's keys and values as the attention's backward pass needs them, and clears their gradients.</summary>
    public void RestoreKeys(ForestLayout layout, LayerActivations kept, int first, int rows)
    {
        for (int token = first; token < first + rows; token++)
        {
            int slot = layout.KeySlot(token);
            float* keys = kept.Keys + ((nint)token * shape.PaddedKeys);
            float* values = kept.Projected + ((nint)token * shape.PaddedProjected) + shape.Queries + shape.Keys;
            for (int head = 0; head < shape.KeyValueHeads; head++)
            {
                attention.Store(head, slot, keys + ((nint)head * shape.HeadSize), values + ((nint)head * shape.HeadSize));
            }
        }
    }

    /// <summary>Adds to the gradients of the residual stream those that come through the projections.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="kept">What its forward pass left.</param>
    /// <param name="input">The layer's input: all rows.</param>
    /// <param name="layout">The forest.</param>
    /// <param name="first">The block's first token.</param>
    /// <param name="rows">Number of tokens.</param>
    /// <param name="worker">Scratch.</param>
    public void Run(LayerBackward layer, LayerActivations kept, float* input, ForestLayout layout, int first, int rows, BackwardWorker worker)
    {
        int block = first / BackwardBlocks.Rows, stride = shape.PaddedProjected;
        float* share = buffers.Projections + ((nint)block * buffers.ProjectionPartial);
        new Span<float>(share, buffers.ProjectionPartial).Clear();
        for (int row = 0; row < rows; row++)
        {
            int token = first + row;
            float* gradient = worker.Projected + ((nint)row * stride);
            Gather(layout, token, gradient);
            UndoHeads(layer.Weights, gradient, kept.Projected + ((nint)token * stride), layout.Position(token), share, worker);
            if (shape.Config.HasAttentionBias)
            {
                VectorMath.Add(gradient, share, stride);
            }
        }

        float* keys = worker.Projected + shape.Queries;
        panels.Queries.Store(worker.Projected, stride, block, 0, rows, 0, shape.Queries);
        panels.Keys.Store(keys, stride, block, 0, rows, 0, shape.Keys);
        panels.Values.Store(keys + shape.Keys, stride, block, 0, rows, 0, shape.Keys);
        layer.Transposed.Projection.Multiply(kernel, rows, worker.Projected, stride, worker.NormedGradient, shape.PaddedHidden);
        nint offset = (nint)first * shape.PaddedHidden;
        worker.UndoNorm(
            input + offset, layer.Weights.AttentionNorm, buffers.Hidden + offset, buffers.AttentionNorms + ((nint)block * shape.PaddedHidden),
            block, rows, panels.AttentionNormed);
    }

    /// <summary>The gradients of a token's rotated queries and keys and of its values, side by side.</summary>
    private void Gather(ForestLayout layout, int token, float* gradient)
    {
        VectorMath.Scale(buffers.Queries + ((nint)token * shape.PaddedQueries), shape.QueryScale, gradient, shape.Queries);
        int slot = layout.KeySlot(token);
        for (int head = 0; head < shape.KeyValueHeads; head++)
        {
            float* key = gradient + shape.Queries + ((nint)head * shape.HeadSize);
            Copy(attention.KeyGradient.Row(head, slot), key);
            Copy(attention.ValueGradient.Row(head, slot), key + shape.Keys);
        }
    }

    /// <summary>Turns the query and key heads back and undoes their norm.</summary>
    private void UndoHeads(LayerWeights weights, float* gradient, float* projected, int position, float* share, BackwardWorker worker)
    {
        float* queryNorm = share + shape.PaddedProjected, keyNorm = queryNorm + shape.PaddedHeadSize;
        for (int head = 0; head < shape.Heads + shape.KeyValueHeads; head++)
        {
            nint column = (nint)head * shape.HeadSize;
            bool isQuery = head < shape.Heads;
            rotary.RotateBack(gradient + column, position);
            if (shape.Config.HasQueryKeyNorm)
            {
                worker.HeadNorm.Backward(
                    gradient + column, projected + column, isQuery ? weights.QueryNorm : weights.KeyNorm, isQuery ? queryNorm : keyNorm);
            }
        }
    }

    private void Copy(float* source, float* destination) =>
        new ReadOnlySpan<float>(source, shape.HeadSize).CopyTo(new Span<float>(destination, shape.HeadSize));
}
