using System.Text.Json;

namespace ToolRM.Checkpoints;

/// <summary>All tensors of a checkpoint, in one safetensors file or in several.</summary>
internal sealed class TensorIndex : IDisposable
{
    private const int MaxIndexLength = 64_000_000;
    private const int MaxShards = 4096;

    private readonly List<SafetensorsFile> _files;
    private readonly Dictionary<string, (SafetensorsFile File, TensorEntry Tensor)> _tensors = new(StringComparer.Ordinal);

    private TensorIndex(List<SafetensorsFile> files) => _files = files;

    /// <summary>Names of all tensors.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>The tensors of one file, which is owned by the result.</summary>
    public static TensorIndex Of(SafetensorsFile file)
    {
        var index = new TensorIndex([file]);
        foreach (TensorEntry tensor in file.Tensors.Values)
        {
            index._tensors.Add(tensor.Name, (file, tensor));
        }

        return index;
    }

    /// <summary>Opens <c>model.safetensors</c>, or the files that <c>model.safetensors.index.json</c> names.</summary>
    /// <exception cref="CheckpointException">There is neither, or a file is damaged.</exception>
    public static TensorIndex Open(string folder)
    {
        string single = Path.Combine(folder, CheckpointFiles.Weights), index = Path.Combine(folder, CheckpointFiles.ShardIndex);
        if (File.Exists(single))
        {
            return Of(SafetensorsFile.Open(single));
        }

        if (File.Exists(index))
        {
            return OpenShards(folder, index);
        }

        string hint = Directory.EnumerateFiles(folder, "*.bin").Any()
            ? "; its .bin files are not read, because they can run code: save the model again with safe_serialization=True"
            : string.Empty;
        throw new CheckpointException(folder, $"holds neither {CheckpointFiles.Weights} nor {CheckpointFiles.ShardIndex}{hint}");
    }

    public TensorEntry? Find(string name) => _tensors.TryGetValue(name, out var found) ? found.Tensor : null;

    /// <summary>The file that holds a tensor, for messages.</summary>
    public string PathOf(string name) => _tensors[name].File.Path;

    /// <summary>Writes as many values of a tensor as the destination holds, as float32.</summary>
    public void Read(string name, long start, Span<float> destination)
    {
        (SafetensorsFile file, TensorEntry tensor) = _tensors[name];
        file.Read(tensor, start, destination);
    }

    public void Dispose()
    {
        foreach (SafetensorsFile file in _files)
        {
            file.Dispose();
        }
    }

    private static TensorIndex OpenShards(string folder, string indexPath)
    {
        Dictionary<string, string> shardOf = ReadWeightMap(indexPath);
        var files = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        var index = new TensorIndex([]);
        try
        {
            foreach (string shard in shardOf.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                CheckShardName(shard, indexPath);
                files.Add(shard, SafetensorsFile.Open(Path.Combine(folder, shard)));
                index._files.Add(files[shard]);
                if (files.Count > MaxShards)
                {
                    throw new CheckpointException(indexPath, $"names more than {MaxShards} files");
                }
            }

            foreach ((string name, string shard) in shardOf)
            {
                index._tensors.Add(name, files[shard].Tensors.TryGetValue(name, out TensorEntry? tensor)
                    ? (files[shard], tensor)
                    : throw new CheckpointException(files[shard].Path, $"is not there, although {CheckpointFiles.ShardIndex} says so", name));
            }

            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    private static Dictionary<string, string> ReadWeightMap(string path)
    {
        using JsonDocument document = JsonFields.Parse(CheckpointFiles.Read(path, MaxIndexLength), path);
        try
        {
            if (new JsonFields(document.RootElement, path).Section("weight_map") is null)
            {
                throw new CheckpointException(path, "'weight_map' is missing");
            }

            var map = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (JsonProperty property in document.RootElement.GetProperty("weight_map").EnumerateObject())
            {
                map[property.Name] = property.Value.ValueKind == JsonValueKind.String
                    ? property.Value.GetString()!
                    : throw new CheckpointException(path, "the index must give a file name for it", property.Name);
            }

            return map;
        }
        catch (InvalidOperationException exception)
        {
            throw new CheckpointException(path, "holds text that is not valid Unicode", null, exception);
        }
    }

    /// <summary>A shard is a file beside its index, never a path to somewhere else.</summary>
    private static void CheckShardName(string name, string indexPath)
    {
        if (!name.EndsWith(".safetensors", StringComparison.Ordinal) || name.AsSpan().IndexOfAny("/\\:\0") >= 0 || name.StartsWith('.'))
        {
            throw new CheckpointException(
                indexPath, $"'{CheckpointException.Printable(name)}' must be the plain name of a .safetensors file in the same folder");
        }
    }
}
