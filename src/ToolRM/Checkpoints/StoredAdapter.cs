using System.Numerics.Tensors;
using ToolRM.Models;

namespace ToolRM.Checkpoints;

/// <summary>
/// An open adapter folder in the layout of Hugging Face PEFT. Names and shapes are checked against the base model when it is opened;
/// values are read when they are asked for.
/// </summary>
internal sealed class StoredAdapter : IDisposable
{
    private readonly AdapterConfig _config;
    private readonly SafetensorsFile _file;

    /// <summary>The narrow matrices and replacements by the names of <see cref="LoraLayout"/> and <see cref="ParameterLayout"/>.</summary>
    private readonly Dictionary<string, TensorEntry> _tensors = new(StringComparer.Ordinal);

    private StoredAdapter(AdapterConfig config, SafetensorsFile file) => (_config, _file) = (config, file);

    /// <summary>Number of matrices that have adapters.</summary>
    public int Matrices { get; private set; }

    /// <summary>Width of the narrow matrices.</summary>
    public int Rank => _config.Rank;

    /// <summary>By what their product is multiplied.</summary>
    public double Scale => _config.Scale;

    /// <summary>Whether it brings a reward head.</summary>
    public bool HasHead => _tensors.ContainsKey(ParameterLayout.Head);

    /// <summary>The prompt template it was trained with; <see langword="null"/> if it does not say.</summary>
    public string? Template => _file.Metadata.GetValueOrDefault(AdapterWriter.TemplateKey);

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">The shape of the base model.</param>
    /// <exception cref="CheckpointException">It is no adapter, damaged, not plain LoRA, or of another base model.</exception>
    public static StoredAdapter Open(string folder, DecoderConfig model)
    {
        AdapterConfig config = AdapterConfig.Read(folder);
        string path = Path.Combine(folder, CheckpointFiles.AdapterWeights);
        if (!File.Exists(path))
        {
            string hint = Directory.EnumerateFiles(folder, "*.bin").Any()
                ? "; its .bin file is not read, because it can run code: save the adapter again with safe_serialization=True"
                : string.Empty;
            throw new CheckpointException(folder, $"holds no {CheckpointFiles.AdapterWeights}{hint}");
        }

        var adapter = new StoredAdapter(config, SafetensorsFile.Open(path));
        try
        {
            adapter.Bind(model);
            return adapter;
        }
        catch
        {
            adapter.Dispose();
            throw;
        }
    }

    /// <summary>Whether the adapter brings a parameter of its own in place of the base model's.</summary>
    public bool Replaces(ParameterInfo parameter) => _tensors.ContainsKey(parameter.Name);

    /// <summary>Writes a parameter that it <see cref="Replaces"/>.</summary>
    /// <exception cref="CheckpointException">A value is not finite, or the tensor's type cannot be read.</exception>
    public void Read(ParameterInfo parameter, Span<float> destination)
    {
        TensorEntry tensor = _tensors[parameter.Name];
        _file.Read(tensor, destination);
        CheckFinite(tensor, destination);
    }

    /// <summary>Adds to a matrix of the base model what its adapter adds, if it has one.</summary>
    /// <param name="parameter">The matrix.</param>
    /// <param name="values">Its values, row-major.</param>
    /// <exception cref="CheckpointException">A value is not finite, or a tensor's type cannot be read.</exception>
    public void AddTo(ParameterInfo parameter, Span<float> values)
    {
        if (parameter.Kind != ParameterKind.Matrix || !_tensors.TryGetValue(LoraLayout.DownOf(parameter.Name), out TensorEntry? downTensor))
        {
            return;
        }

        TensorEntry upTensor = _tensors[LoraLayout.UpOf(parameter.Name)];
        float[] down = Read(downTensor), up = Read(upTensor), added = new float[parameter.Columns];
        for (int row = 0; row < parameter.Rows; row++)
        {
            Array.Clear(added);
            for (int r = 0; r < Rank; r++)
            {
                TensorPrimitives.MultiplyAdd(down.AsSpan(r * parameter.Columns, parameter.Columns), up[(row * Rank) + r], added, added);
            }

            Span<float> target = values.Slice(row * parameter.Columns, parameter.Columns);
            TensorPrimitives.MultiplyAdd(added, (float)Scale, target, target);
        }

        // Finite values may still be too large together.
        CheckFinite(upTensor, values);
    }

    public void Dispose() => _file.Dispose();

    private void Bind(DecoderConfig model)
    {
        IReadOnlyList<ParameterInfo> parameters = ParameterLayout.For(model);
        Dictionary<string, int[]> shapes = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Shape);
        ParameterInfo[] matrices = [.. parameters.Where(parameter => parameter.Kind == ParameterKind.Matrix)];
        foreach (ParameterInfo matrix in matrices)
        {
            shapes.Add(LoraLayout.DownOf(matrix.Name), [Rank, matrix.Columns]);
            shapes.Add(LoraLayout.UpOf(matrix.Name), [matrix.Rows, Rank]);
        }

        foreach (TensorEntry tensor in _file.Tensors.Values.Where(tensor => !IsOfLanguageModelHead(tensor.Name)))
        {
            Bind(tensor, shapes, model);
        }

        foreach (ParameterInfo matrix in matrices)
        {
            CheckPair(matrix);
        }

        foreach (ParameterInfo parameter in parameters.Where(parameter => !Replaces(parameter) && IsNamed(parameter, _config.SavedModules)))
        {
            throw Missing(parameter.Name, $"{CheckpointFiles.AdapterConfig} names its module in 'modules_to_save'");
        }

        if (_tensors.Count == 0)
        {
            throw new CheckpointException(_file.Path, "holds no adapter and no parameter of the model");
        }
    }

    private void Bind(TensorEntry tensor, Dictionary<string, int[]> shapes, DecoderConfig model)
    {
        bool hasPrefix = tensor.Name.StartsWith(AdapterWriter.Prefix, StringComparison.Ordinal);
        string name = hasPrefix ? tensor.Name[AdapterWriter.Prefix.Length..] : string.Empty;
        if (!shapes.TryGetValue(name, out int[]? shape))
        {
            throw new CheckpointException(
                _file.Path,
                $"belongs to nothing in the base model, a {model.ModelType} model of {model.Layers} layers: is the adapter of another model?",
                tensor.Name);
        }

        if (!tensor.Shape.AsSpan().SequenceEqual([.. shape.Select(dimension => (long)dimension)]) || tensor.Count > Array.MaxLength)
        {
            throw new CheckpointException(
                _file.Path,
                $"its shape must be [{string.Join(", ", shape)}], but is {tensor.ShapeText}: "
                + $"{CheckpointFiles.AdapterConfig} gives another rank, or the adapter is of another model",
                tensor.Name);
        }

        _tensors.Add(name, tensor);
    }

    private void CheckPair(ParameterInfo matrix)
    {
        string down = LoraLayout.DownOf(matrix.Name), up = LoraLayout.UpOf(matrix.Name);
        bool hasDown = _tensors.ContainsKey(down), hasUp = _tensors.ContainsKey(up);
        if (hasDown != hasUp)
        {
            throw Missing(hasDown ? up : down, "the other half of its adapter is there");
        }

        if (hasDown && Replaces(matrix))
        {
            throw new CheckpointException(
                _file.Path, "is there as a whole and as an adapter: one of the two is expected", AdapterWriter.Prefix + matrix.Name);
        }

        Matrices += hasDown ? 1 : 0;
        if (!hasDown && !Replaces(matrix) && IsNamed(matrix, _config.TargetModules ?? []))
        {
            throw Missing(down, $"{CheckpointFiles.AdapterConfig} names its module in 'target_modules'");
        }
    }

    private CheckpointException Missing(string name, string reason) =>
        new(_file.Path, $"is missing, although {reason}", AdapterWriter.Prefix + name);

    /// <summary>As PEFT does: a name stands for all modules whose path is it or ends with it.</summary>
    private static bool IsNamed(ParameterInfo parameter, IReadOnlyList<string> modules) =>
        modules.Any(module => $".{parameter.Name}".EndsWith($".{module}.weight", StringComparison.Ordinal));

    /// <summary>PEFT saves the head of a language model with its embedding; a reward model has none.</summary>
    private static bool IsOfLanguageModelHead(string name) =>
        name.StartsWith($"{AdapterWriter.Prefix}lm_head.", StringComparison.Ordinal);

    private float[] Read(TensorEntry tensor)
    {
        var values = new float[tensor.Count];
        _file.Read(tensor, values);
        CheckFinite(tensor, values);
        return values;
    }

    private void CheckFinite(TensorEntry tensor, ReadOnlySpan<float> values)
    {
        if (!TensorPrimitives.IsFiniteAll(values))
        {
            throw new CheckpointException(_file.Path, "holds a value that is not finite, or makes one of the model so", tensor.Name);
        }
    }
}
