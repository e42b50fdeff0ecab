using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Training;

/// <summary>
/// The trained parameters in float32, each part of all of them in one long tensor: a step of the optimiser is then a few
/// operations on long vectors, not some on each of hundreds of parameters. Those that decay come first.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    private readonly Dictionary<string, long> _offsets = [];
    private readonly Dictionary<string, Tensor> _leaves = [];
    private readonly Tensor[] _parts = [];
    private readonly HostStaging _staging = new();

    /// <param name="parameters">Which.</param>
    /// <param name="device">Where they are.</param>
    public FlatParameters(IReadOnlyList<ParameterInfo> parameters, Device device)
    {
        foreach (ParameterInfo parameter in parameters.OrderByDescending(parameter => parameter.Decays))
        {
            _offsets.Add(parameter.Name, Count);
            Count += parameter.Count;
            DecayingCount += parameter.Decays ? parameter.Count : 0;
        }

        using var grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        try
        {
            _parts = [.. Enum.GetValues<ParameterPart>().Select(_ => zeros(Count, ScalarType.Float32, device))];
            scope.Detach(_parts);
            foreach (ParameterInfo parameter in parameters)
            {
                _leaves.Add(parameter.Name, Leaf(parameter));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Number of all values.</summary>
    public long Count { get; }

    /// <summary>Number of values that decay; they come first.</summary>
    public long DecayingCount { get; }

    /// <summary>The parameters by name, in their shapes, as leaves of the graph whose gradients gather in <see cref="ParameterPart.Gradient"/>.</summary>
    public IReadOnlyDictionary<string, Tensor> ByName => _leaves;

    /// <summary>One part of all parameters.</summary>
    public Tensor this[ParameterPart part] => _parts[(int)part];

    /// <summary>Reads all values from a source.</summary>
    public void Load(IReadOnlyList<ParameterInfo> parameters, IParameterSource source, EngineRequest request)
    {
        using var grad = no_grad();
        using var upload = new ParameterUpload(source, request, Count);
        foreach (ParameterInfo parameter in parameters)
        {
            using Tensor slice = Slice(parameter, ParameterPart.Value);
            upload.Send(parameter, slice);
        }
    }

    public void Read(ParameterInfo parameter, ParameterPart part, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, parameter.Count, nameof(destination));
        using var grad = no_grad();
        using Tensor slice = Slice(parameter, part);
        _staging.Read(slice, destination);
    }

    public void Write(ParameterInfo parameter, ParameterPart part, ReadOnlySpan<float> source)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, parameter.Count, nameof(source));
        using var grad = no_grad();
        using Tensor slice = Slice(parameter, part);
        _staging.Write(slice, source);
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _leaves.Values.Concat(_parts))
        {
            tensor.Dispose();
        }

        _staging.Dispose();
    }

    private Tensor Slice(ParameterInfo parameter, ParameterPart part) => this[part].narrow(0, _offsets[parameter.Name], parameter.Count);

    private Tensor Leaf(ParameterInfo parameter)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] shape = [.. parameter.Shape.Select(size => (long)size)];
        Tensor leaf = Slice(parameter, ParameterPart.Value).view(shape).detach();
        leaf.requires_grad = true;

        // A gradient that is there is added to in place, and so in the long tensor.
        leaf.grad = Slice(parameter, ParameterPart.Gradient).view(shape);
        return leaf.DetachFromDisposeScope();
    }
}
