using ToolRM.Cli.Options;
using ToolRM.Engines;
using ToolRM.Engines.Devices;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Tokenization;
using ToolRM.Training;

namespace ToolRM.Cli.Training;

/// <summary>A model with new parameters and a tokenizer learned from its training pairs.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Context">Longest sequence in tokens.</param>
/// <param name="Template">Its prompt template.</param>
/// <param name="Device">What trains it.</param>
/// <param name="Threads">Threads to compute with.</param>
internal sealed record NewModel(ModelShape Shape, int Context, PromptTemplate Template, string Device, int Threads)
{
    /// <summary>A trainer of the model, whose tokenizer is learned first, unless a run that is continued has it.</summary>
    /// <exception cref="ToolRMException">The device is not there, or the pairs cannot be read.</exception>
    public async Task<PairwiseTrainer> CreateTrainerAsync(
        TrainingData data, string output, bool isResumed, Terminal terminal, CancellationToken cancellationToken)
    {
        // A device that is not there is found before the tokenizer is learned.
        _ = EngineFactory.Current.Describe(Config(Shape.Vocabulary), new EngineRequest { Device = Device, Threads = Threads });
        string path = RunFolder.TokenizerOf(output);
        BpeTokenizer tokenizer;
        if (isResumed && File.Exists(path))
        {
            tokenizer = BpeTokenizer.Load(path);
        }
        else
        {
            tokenizer = await TokenizerLearning.RunAsync(data, Template, Shape.Vocabulary, terminal, cancellationToken).ConfigureAwait(false);
            Directory.CreateDirectory(output);
            tokenizer.Save(path);
        }

        return PairwiseTrainer.FromScratch(Config(tokenizer.VocabularySize), tokenizer, Threads, terminal.Logger, Device);
    }

    private DecoderConfig Config(int vocabulary) => Shape.ToConfig(vocabulary, Context, Template.Name);
}
