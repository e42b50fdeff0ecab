using ToolRM.Checkpoints;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Tokenization;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>
/// The benchmarks' model as a folder that can be loaded like any other, with a tokenizer learnt from the library's own
/// documentation comments; disposing it deletes the folder.
/// </summary>
internal sealed class SavedModel : IDisposable
{
    public SavedModel()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(
            File.ReadLines(Path.ChangeExtension(typeof(RewardModel).Assembly.Location, ".xml")),
            new BpeTrainerOptions { VocabularySize = BenchmarkModel.Config.VocabularySize, SpecialTokens = CompactTemplate.ControlTokens });
        using var json = new MemoryStream();
        tokenizer.Save(json);
        DecoderConfig config = BenchmarkModel.Config with { VocabularySize = tokenizer.VocabularySize, Template = "compact" };
        CheckpointWriter.Save(Folder, config, BenchmarkModel.Parameters, json.ToArray());
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("toolrm-benchmarks-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
