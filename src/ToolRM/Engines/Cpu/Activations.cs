namespace ToolRM.Engines.Cpu;

/// <summary>
/// What the forward pass leaves for the backward pass: everything of every layer, or, to save memory, every layer's input
/// and the rest of one layer at a time, which is computed again.
/// </summary>
internal sealed unsafe class Activations : IDisposable
{
    private readonly AlignedBuffer[] _inputs;
    private readonly LayerActivations[] _layers;
    private readonly DecoderShape _shape;
    private int _held;

    /// <param name="shape">The model's widths.</param>
    /// <param name="recompute">Whether only one layer's activations are held at a time.</param>
    public Activations(DecoderShape shape, bool recompute)
    {
        _shape = shape;
        int layers = shape.Config.Layers;
        _inputs = [.. Enumerable.Range(0, layers).Select(_ => new AlignedBuffer())];
        _layers = [.. Enumerable.Range(0, recompute ? 1 : layers).Select(_ => new LayerActivations(shape))];
    }

    /// <summary>Makes room for a forward pass, whose last layer will be held.</summary>
    public void Ensure(int tokens, int leaves)
    {
        Array.ForEach(_inputs, input => input.Ensure((long)tokens * _shape.PaddedHidden));
        for (int i = 0; i < _layers.Length; i++)
        {
            bool isOnlyLast = i == _inputs.Length - 1;
            _layers[i].Ensure(tokens, isOnlyLast ? leaves : tokens);
        }

        Hold(_inputs.Length - 1);
    }

    /// <summary>Tokens x hidden: a layer's input.</summary>
    public float* Input(int layer) => _inputs[layer].Pointer;

    /// <summary>A layer's activations; null if they are not held.</summary>
    public LayerActivations? Of(int layer) => _layers.Length == _inputs.Length ? _layers[layer] : layer == _held ? _layers[0] : null;

    /// <summary>Gives the memory of the one layer that is held to another.</summary>
    public void Hold(int layer) => _held = layer;

    public void Dispose()
    {
        Array.ForEach(_inputs, input => input.Dispose());
        Array.ForEach(_layers, layer => layer.Dispose());
    }
}
