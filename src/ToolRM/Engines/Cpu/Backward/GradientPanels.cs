using ToolRM.Engines.Cpu.Kernels;

namespace ToolRM.Engines.Cpu.Backward;

/// <summary>Both sides of the products that are the gradients of one layer's weight matrices, reused from layer to layer.</summary>
internal sealed class GradientPanels : IDisposable
{
    private readonly TokenPanels[] _all;

    public GradientPanels(MatmulKernel kernel, DecoderShape shape)
    {
        TokenPanels Left(int columns) => new(columns, kernel.Rows);
        TokenPanels Right(int columns) => new(columns, shape.Width);

        _all =
        [
            LayerOutput = Left(shape.Hidden), Gate = Left(shape.Intermediate), Up = Left(shape.Intermediate), Middle = Left(shape.Hidden),
            Queries = Left(shape.Queries), Keys = Left(shape.Keys), Values = Left(shape.Keys),
            AttentionNormed = Right(shape.PaddedHidden), Attended = Right(shape.PaddedQueries),
            FeedForwardNormed = Right(shape.PaddedHidden), Activated = Right(shape.PaddedIntermediate),
        ];
    }

    /// <summary>Gradients of the layer's output.</summary>
    public TokenPanels LayerOutput { get; }

    /// <summary>Gradients of the gate.</summary>
    public TokenPanels Gate { get; }

    /// <summary>Gradients of what the gate multiplies.</summary>
    public TokenPanels Up { get; }

    /// <summary>Gradients of the residual stream after the attention.</summary>
    public TokenPanels Middle { get; }

    /// <summary>Gradients of the queries as projected.</summary>
    public TokenPanels Queries { get; }

    /// <summary>Gradients of the keys as projected.</summary>
    public TokenPanels Keys { get; }

    /// <summary>Gradients of the values.</summary>
    public TokenPanels Values { get; }

    /// <summary>The layer's input, normed.</summary>
    public TokenPanels AttentionNormed { get; }

    /// <summary>The attention's output.</summary>
    public TokenPanels Attended { get; }

    /// <summary>The feed-forward layer's input, normed.</summary>
    public TokenPanels FeedForwardNormed { get; }

    /// <summary>silu(gate) * up.</summary>
    public TokenPanels Activated { get; }

    /// <summary>Makes room.</summary>
    public void Ensure(int tokens) => Array.ForEach(_all, panels => panels.Ensure(tokens));

    public void Dispose() => Array.ForEach(_all, panels => panels.Dispose());
}
