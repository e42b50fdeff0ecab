using System.Text.Json;

namespace ToolRM.Checkpoints;

/// <summary>
/// Parses and checks the header of a safetensors file: the JSON object that names its tensors. As strict as the
/// reference implementation: the tensors must cover the data exactly, without gap or overlap.
/// </summary>
internal ref struct SafetensorsHeader
{
    private const int MaxTensors = 200_000;
    private const int MaxDimensions = 8;

    private readonly string _path;
    private readonly long _dataLength;
    private readonly Dictionary<string, TensorEntry> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private Utf8JsonReader _reader;
    private bool _sawMetadata;

    private SafetensorsHeader(ReadOnlySpan<byte> json, long dataLength, string path)
    {
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
        _dataLength = dataLength;
        _path = path;
    }

    /// <summary>Reads a header.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="dataLength">Number of bytes that follow it.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="CheckpointException">It breaks a rule of the format.</exception>
    public static (Dictionary<string, TensorEntry> Tensors, Dictionary<string, string> Metadata) Parse(
        ReadOnlySpan<byte> json, long dataLength, string path)
    {
        var header = new SafetensorsHeader(json, dataLength, path);
        try
        {
            header.ParseObject();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException: a string that is not valid Unicode. FormatException: a number that is no Int64.
            throw new CheckpointException(path, "its header is not the JSON of a safetensors file; the file is damaged", null, exception);
        }

        header.CheckCoverage();
        return (header._tensors, header._metadata);
    }

    private void ParseObject()
    {
        Expect(JsonTokenType.StartObject);
        while (NextProperty() is { } name)
        {
            if (name == "__metadata__")
            {
                ParseMetadata();
            }
            else if (_tensors.Count == MaxTensors)
            {
                throw Error($"it lists more than {MaxTensors} tensors");
            }
            else if (!_tensors.TryAdd(name, ParseTensor(name)))
            {
                throw Error("is listed twice", name);
            }
        }

        // Only white space may follow; the reader throws on anything else.
        _reader.Read();
    }

    private void ParseMetadata()
    {
        if (_sawMetadata)
        {
            throw Error("__metadata__ is listed twice");
        }

        _sawMetadata = true;
        Expect(JsonTokenType.StartObject);
        while (NextProperty() is { } key)
        {
            Expect(JsonTokenType.String);
            _metadata[key] = _reader.GetString()!;
        }
    }

    private TensorEntry ParseTensor(string name)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        Expect(JsonTokenType.StartObject);
        while (NextProperty() is { } property)
        {
            switch (property)
            {
                case "dtype" when type is null:
                    Expect(JsonTokenType.String);
                    type = _reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ParseNumbers(name, MaxDimensions);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ParseNumbers(name, 2);
                    break;
                default:
                    throw Error($"has the property '{CheckpointException.Printable(property)}' twice, or it is not one of dtype, shape and data_offsets", name);
            }
        }

        if (type is null || shape is null || offsets is not [long begin, long end])
        {
            throw Error("needs dtype, shape and data_offsets of two numbers", name);
        }

        return CheckTensor(name, type, shape, begin, end);
    }

    private readonly TensorEntry CheckTensor(string name, string typeName, long[] shape, long begin, long end)
    {
        if (begin > end || end > _dataLength)
        {
            throw Error($"its bytes {begin} to {end} are not within the {_dataLength} bytes of data; the file is truncated or damaged", name);
        }

        UInt128 count = 1;
        foreach (long dimension in shape)
        {
            count *= (ulong)dimension;
            if (count > long.MaxValue)
            {
                throw Error("its shape has more values than any file can hold", name);
            }
        }

        TensorType type = typeName switch
        {
            "F32" => TensorType.F32,
            "F16" => TensorType.F16,
            "BF16" => TensorType.BF16,
            "F64" => TensorType.F64,
            _ => TensorType.Other,
        };
        var entry = new TensorEntry(name, typeName, type, shape, (long)count, begin, end);
        if (type != TensorType.Other && count * (ulong)entry.ElementSize != (ulong)(end - begin))
        {
            throw Error($"{typeName} values of shape {entry.ShapeText} do not fill its {end - begin} bytes exactly", name);
        }

        return entry;
    }

    private readonly void CheckCoverage()
    {
        long covered = 0;
        foreach (TensorEntry entry in _tensors.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != covered)
            {
                throw Error($"its data begins at byte {entry.Begin}, where {covered} was expected: tensors must follow each other without gap or overlap", entry.Name);
            }

            covered = entry.End;
        }

        if (covered != _dataLength)
        {
            throw Error($"the tensors need {covered} bytes of data, but the file has {_dataLength}");
        }
    }

    private long[] ParseNumbers(string name, int most)
    {
        Expect(JsonTokenType.StartArray);
        var numbers = new List<long>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out long number) || number < 0)
            {
                throw Error("shape and data_offsets must hold whole numbers that are not negative", name);
            }

            if (numbers.Count == most)
            {
                throw Error($"has more than {most} numbers in its shape or data_offsets", name);
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private string? NextProperty()
    {
        _reader.Read();
        return _reader.TokenType == JsonTokenType.PropertyName ? _reader.GetString() : null;
    }

    private void Expect(JsonTokenType type)
    {
        if (!_reader.Read() || _reader.TokenType != type)
        {
            throw Error($"its header has a {_reader.TokenType} where a {type} was expected");
        }
    }

    private readonly CheckpointException Error(string problem, string? tensor = null) => new(_path, problem, tensor);
}
