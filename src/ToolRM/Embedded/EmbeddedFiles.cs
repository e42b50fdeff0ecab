using System.Reflection;
using ToolRM.Checkpoints;
using ToolRM.Tokenization;
using ToolRM.Verification;

namespace ToolRM.Embedded;

/// <summary>The files of the model that is part of the assembly.</summary>
internal static class EmbeddedFiles
{
    /// <summary>Opens it where it lies in memory; nothing is copied.</summary>
    public static Checkpoint OpenCheckpoint()
    {
        using Stream config = Resource(CheckpointFiles.Config);
        var json = new byte[config.Length];
        config.ReadExactly(json);
        return Checkpoint.OpenMemory("embedded", json, TensorMemory.From((UnmanagedMemoryStream)Resource(CheckpointFiles.Weights)));
    }

    public static BpeTokenizer LoadTokenizer()
    {
        using Stream tokenizer = Resource(CheckpointFiles.Tokenizer);
        return BpeTokenizer.Load(tokenizer);
    }

    public static LinearHead LoadVerifier()
    {
        using Stream verifier = Resource(VerifierFile.Name);
        var json = new byte[verifier.Length];
        verifier.ReadExactly(json);
        return VerifierFile.Read(json, VerifierFile.Name, FeatureNames.Own);
    }

    private static Stream Resource(string file) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"ToolRM.Embedded.{file}")
        ?? throw new ToolRMException($"The assembly holds no embedded model (missing resource '{file}').");
}
