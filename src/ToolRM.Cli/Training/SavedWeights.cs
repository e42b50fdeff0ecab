using ToolRM.Checkpoints;
using ToolRM.Models;

namespace ToolRM.Cli.Training;

/// <summary>The parameters of a saved model, to be written in another element type.</summary>
internal sealed class SavedWeights : IParameterSource
{
    private readonly Dictionary<string, float[]> _values = [];

    private SavedWeights(Checkpoint checkpoint)
    {
        foreach (ParameterInfo parameter in ParameterLayout.For(checkpoint.Config))
        {
            var values = new float[parameter.Count];
            checkpoint.Read(parameter, values);
            _values.Add(parameter.Name, values);
        }
    }

    public void Read(ParameterInfo parameter, Span<float> destination) => _values[parameter.Name].CopyTo(destination);

    /// <summary>
    /// Rewrites a model's weights, as a whole or not at all. They are in memory meanwhile: not every system can replace an
    /// open file.
    /// </summary>
    public static void Convert(string folder, TensorType type, CancellationToken cancellationToken)
    {
        DecoderConfig config;
        SavedWeights weights;
        byte[] tokenizer;
        using (Checkpoint checkpoint = Checkpoint.OpenFolder(folder))
        {
            config = checkpoint.Config;
            weights = new SavedWeights(checkpoint);
            tokenizer = File.ReadAllBytes(RunFolder.TokenizerOf(folder));
        }

        CheckpointWriter.Save(folder, config, weights, tokenizer, type, cancellationToken: cancellationToken);
    }
}
