namespace ToolRM.Checkpoints;

/// <summary>The files of a Hugging Face model folder.</summary>
internal static class CheckpointFiles
{
    public const string Config = "config.json";
    public const string Weights = "model.safetensors";
    public const string ShardIndex = "model.safetensors.index.json";
    public const string Tokenizer = "tokenizer.json";

    /// <summary>Beside a model that was trained by adapters, the folder with these.</summary>
    public const string AdapterFolder = "adapter";

    public const string AdapterConfig = "adapter_config.json";
    public const string AdapterWeights = "adapter_model.safetensors";

    /// <summary>Reads a whole file of at most <paramref name="longest"/> bytes.</summary>
    /// <exception cref="CheckpointException">It cannot be read, or is longer.</exception>
    public static byte[] Read(string path, int longest)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            if (stream.Length > longest)
            {
                throw new CheckpointException(path, $"has {stream.Length} bytes, where at most {longest} are expected");
            }

            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"cannot be read: {exception.Message}", null, exception);
        }
    }
}
