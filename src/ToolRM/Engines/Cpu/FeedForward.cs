using ToolRM.Engines.Cpu.Weights;

namespace ToolRM.Engines.Cpu;

/// <summary>What follows the attention in a layer: output projection and SwiGLU feed-forward, added to the residual stream in place.</summary>
internal sealed unsafe class FeedForward(DecoderShape shape)
{
    /// <summary>Finishes a block of rows.</summary>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="kept">Where to leave what a backward pass needs, or null.</param>
    /// <param name="first">The first row's index, for what is kept.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="attended">The attention's output.</param>
    /// <param name="hidden">The residual stream.</param>
    /// <param name="worker">The thread's scratch.</param>
    public void Run(LayerWeights weights, LayerActivations? kept, int first, int rows, float* attended, float* hidden, ForwardWorker worker)
    {
        Widen(weights, kept, first, rows, attended, hidden, worker);
        LeftRows left = worker.Left.Select(rows, worker.Activated, shape.PaddedIntermediate);
        weights.Down.Multiply(left, hidden, shape.PaddedHidden, accumulate: true);
    }

    /// <summary>As <see cref="Run"/>, up to the activation of the feed-forward layer.</summary>
    public void Widen(LayerWeights weights, LayerActivations? kept, int first, int rows, float* attended, float* hidden, ForwardWorker worker)
    {
        weights.Output.Multiply(worker.Left.Select(rows, attended, shape.PaddedQueries), hidden, shape.PaddedHidden, accumulate: true);
        if (kept != null)
        {
            int count = rows * shape.PaddedHidden;
            new ReadOnlySpan<float>(hidden, count).CopyTo(new Span<float>(kept.Middle + ((nint)first * shape.PaddedHidden), count));
        }

        RmsNorm.ForwardRows(hidden, weights.FeedForwardNorm, worker.Normed, rows, shape);
        LeftRows left = worker.Left.Select(rows, worker.Normed, shape.PaddedHidden);
        int width = shape.Width;
        for (int panel = 0; panel < weights.Gate.Panels; panel++)
        {
            float* gate = kept is null ? worker.Gate : kept.Gate(panel, first);
            float* up = kept is null ? worker.Up : kept.Up(panel, first);
            weights.Gate.MultiplyPanel(panel, left, gate, width, accumulate: false);
            weights.Up.MultiplyPanel(panel, left, up, width, accumulate: false);
            VectorMath.SwiGlu(gate, up, width, worker.Activated + (panel * width), shape.PaddedIntermediate, rows, width);
        }
    }
}
