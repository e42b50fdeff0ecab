using ToolRM.Checkpoints;
using ToolRM.Models;
using ToolRM.Verification;

namespace ToolRM.Recipes;

/// <summary>Saves a verifier and a transformer as one model.</summary>
internal static class MixedCheckpoint
{
    /// <summary>Writes the model: the transformer's weights in 16 bits, its head times a weight, and the verifier beside it.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="residual">The folder of the transformer.</param>
    /// <param name="weight">What its rewards are multiplied by.</param>
    /// <param name="verifier">The verifier.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static void Save(string folder, string residual, double weight, LinearHead verifier, CancellationToken cancellationToken)
    {
        using Checkpoint checkpoint = Checkpoint.OpenFolder(residual);
        byte[] tokenizer = File.ReadAllBytes(Path.Combine(residual, CheckpointFiles.Tokenizer));
        CheckpointWriter.Save(
            folder,
            checkpoint.Config,
            new WeightedHead(checkpoint, (float)weight),
            tokenizer,
            TensorType.BF16,
            fresh => VerifierFile.Write(fresh, verifier, FeatureNames.Own),
            cancellationToken);
    }

    /// <summary>Parameters with the head multiplied: rewards are linear in it, as there is no bias.</summary>
    private sealed class WeightedHead(Checkpoint checkpoint, float weight) : IParameterSource
    {
        public void Read(ParameterInfo parameter, Span<float> destination)
        {
            checkpoint.Read(parameter, destination);
            if (parameter.Kind == ParameterKind.Head)
            {
                foreach (ref float value in destination)
                {
                    value *= weight;
                }
            }
        }
    }
}
