using ToolRM.Engines.Cpu.Kernels;
using ToolRM.Engines.Cpu.Weights;
using ToolRM.Models;

namespace ToolRM.Engines.Cpu.Backward;

/// <summary>One layer's weight matrices packed for dx = dy W.</summary>
internal sealed unsafe class BackwardWeights(MatmulKernel kernel, DecoderShape shape) : IDisposable
{
    public PackedMatrix Projection { get; } = new(kernel, shape.Projected, shape.Hidden);

    public PackedMatrix Output { get; } = new(kernel, shape.Hidden, shape.Queries);

    public PackedMatrix Gate { get; } = new(kernel, shape.Intermediate, shape.Hidden);

    public PackedMatrix Up { get; } = new(kernel, shape.Intermediate, shape.Hidden);

    public PackedMatrix Down { get; } = new(kernel, shape.Hidden, shape.Intermediate);

    /// <summary>Adds what to do with the values of each of the layer's matrices, by parameter name.</summary>
    public void AddSinks(int layer, Dictionary<string, ParameterSink> sinks)
    {
        void Add(string name, PackedMatrix packed, int columns, int start = 0) =>
            sinks[ParameterLayout.Layer(layer, name)] = (values, stride, rows, firstRow) =>
                packed.Pack(values, stride, rows, columns, start + firstRow);

        Add("self_attn.q_proj.weight", Projection, shape.Hidden);
        Add("self_attn.k_proj.weight", Projection, shape.Hidden, shape.Queries);
        Add("self_attn.v_proj.weight", Projection, shape.Hidden, shape.Queries + shape.Keys);
        Add("self_attn.o_proj.weight", Output, shape.Queries);
        Add("mlp.gate_proj.weight", Gate, shape.Hidden);
        Add("mlp.up_proj.weight", Up, shape.Hidden);
        Add("mlp.down_proj.weight", Down, shape.Intermediate);
    }

    public void Dispose()
    {
        Projection.Dispose();
        Output.Dispose();
        Gate.Dispose();
        Up.Dispose();
        Down.Dispose();
    }
}
