namespace ToolRM.Models;

/// <summary>What a parameter is, which decides its initial value and whether weight decay applies.</summary>
internal enum ParameterKind
{
    /// <summary>A weight matrix.</summary>
    Matrix,

    /// <summary>The token embedding, a matrix looked up by row.</summary>
    Embedding,

    /// <summary>The gain of a norm: starts at one, no weight decay.</summary>
    Gain,

    /// <summary>A bias: starts at zero, no weight decay.</summary>
    Bias,

    /// <summary>The scalar head, one row.</summary>
    Head,
}

/// <summary>One parameter tensor: <paramref name="Rows"/> x <paramref name="Columns"/>, row-major; vectors have one row.</summary>
/// <param name="Name">The Hugging Face name, for example <c>model.layers.0.self_attn.q_proj.weight</c>.</param>
/// <param name="Rows">Output features of a matrix; 1 for vectors.</param>
/// <param name="Columns">Input features of a matrix; the length of a vector.</param>
/// <param name="Kind">What it is.</param>
internal sealed record ParameterInfo(string Name, int Rows, int Columns, ParameterKind Kind)
{
    /// <summary>Number of values.</summary>
    public long Count => (long)Rows * Columns;

    /// <summary>The shape in a checkpoint: one dimension for gains and biases, two for the rest.</summary>
    public int[] Shape => Kind is ParameterKind.Gain or ParameterKind.Bias ? [Columns] : [Rows, Columns];

    /// <summary>Whether decoupled weight decay applies (matrices and embeddings only).</summary>
    public bool Decays => Kind is ParameterKind.Matrix or ParameterKind.Embedding or ParameterKind.Head;
}
