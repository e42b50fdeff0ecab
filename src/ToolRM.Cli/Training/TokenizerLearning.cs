using ToolRM.Cli.Output;
using ToolRM.Data;
using ToolRM.Prompts;
using ToolRM.Tokenization;
using ToolRM.Verification;

namespace ToolRM.Cli.Training;

/// <summary>Learns the tokenizer of a new model from the pairs it is trained on, as its template renders them.</summary>
internal static class TokenizerLearning
{
    /// <summary>Learns it.</summary>
    /// <param name="data">The pairs; only those to train on are read.</param>
    /// <param name="template">Renders them, and names the control tokens.</param>
    /// <param name="vocabulary">Number of token ids; there are fewer if the pairs do not have enough different words.</param>
    /// <param name="terminal">Where progress is shown.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<BpeTokenizer> RunAsync(
        TrainingData data, PromptTemplate template, int vocabulary, Terminal terminal, CancellationToken cancellationToken) =>
        LongWork.RunAsync(terminal, "Learning the tokenizer", status => Task.Run(
            () => BpeTrainer.Train(
                data.Training(status: null, cancellationToken)
                    .ToBlockingEnumerable(cancellationToken)
                    .SelectMany(pair => Texts(pair, template)),
                new BpeTrainerOptions { VocabularySize = vocabulary, SpecialTokens = template.RequiredTokens },
                new Status(data, status),
                cancellationToken),
            cancellationToken));

    private static IEnumerable<string> Texts(PreferencePair pair, PromptTemplate template)
    {
        yield return template.Render(pair.Prompt, pair.Chosen);
        var rejected = new StringPromptWriter();
        template.WriteCandidate(new CandidateFacts(new RequestFacts(pair.Prompt), pair.Rejected), rejected);
        yield return rejected.ToString();
    }

    private sealed class Status(TrainingData data, IProgress<WorkStatus> status) : IProgress<BpeTrainingProgress>
    {
        public void Report(BpeTrainingProgress value) => status.Report(value.VocabularySize == 0
            ? new WorkStatus(data.Fraction, FormattableString.Invariant($"{value.DistinctWords} different words"))
            : new WorkStatus(
                (double)value.VocabularySize / value.TargetVocabularySize, FormattableString.Invariant($"{value.VocabularySize} tokens")));
    }
}
