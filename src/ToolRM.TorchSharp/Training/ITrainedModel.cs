using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Weights;

namespace ToolRM.TorchSharp.Training;

/// <summary>A model of which all or some parameters are trained.</summary>
internal interface ITrainedModel : IDisposable
{
    /// <summary>What is trained.</summary>
    IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <summary>Their values, gradients and moments.</summary>
    FlatParameters Trained { get; }

    /// <summary>What the decoder computes with.</summary>
    DecoderTensors Tensors { get; }

    /// <summary>Copies a part of a trained parameter out, or the value of another.</summary>
    void Read(ParameterInfo parameter, ParameterPart part, Span<float> destination);
}
