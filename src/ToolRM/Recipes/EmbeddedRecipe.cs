using ToolRM.Data;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Tokenization;
using ToolRM.Training;
using ToolRM.Verification;

namespace ToolRM.Recipes;

/// <summary>
/// Makes a model like the embedded one from preference pairs: a verifier, and a transformer that learns what the verifier does not know.
/// A run that was stopped continues where the transformer was.
/// </summary>
/// <remarks>
/// The run's folder holds <c>residual/</c>, the run of the transformer with its checkpoints, <c>weights.jsonl</c>, what was measured on
/// the held-out pairs, and the model: <c>config.json</c>, <c>model.safetensors</c>, <c>tokenizer.json</c> and <c>verifier.json</c>.
/// </remarks>
internal sealed class EmbeddedRecipe(EmbeddedRecipeOptions options)
{
    /// <summary>The transformer's run, in the run's folder.</summary>
    public const string ResidualFolder = "residual";

    // Seeds of the parts, so that none depends on how much another draws.
    private const ulong VerifierSeed = 1, TokenizerSeed = 2, HeldOutSeed = 3, FirstDrawSeed = 100;

    /// <summary>Makes the model.</summary>
    /// <param name="pairs">The pairs to learn from.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="progress">Receives progress.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<RecipeResult> RunAsync(
        IReadOnlyList<PreferencePair> pairs, string folder, IProgress<RecipeProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new("dividing the pairs", $"{pairs.Count} pairs", null));
        RecipeCorpus corpus = await RecipeCorpus.SplitAsync(pairs, options.Seed, options.HeldOutFraction, cancellationToken).ConfigureAwait(false);
        if (corpus.Golds.Count == 0 || corpus.HeldOutGolds.Count == 0)
        {
            throw new ToolRMException(
                $"Expected pairs about several functions, of which about {options.HeldOutFraction:P0} are held out; found {corpus.Golds.Count} right "
                + $"answers to learn from and {corpus.HeldOutGolds.Count} of functions held out. Give more pairs, or another seed.");
        }

        var made = new MadePairs(corpus.Golds, options.Threads);

        progress?.Report(new("training the verifier", $"{corpus.Given.Count} given and {options.VerifierPairs} made pairs", null));
        LinearHead verifier = await TrainVerifierAsync(corpus, made, cancellationToken).ConfigureAwait(false);

        progress?.Report(new("learning the tokenizer", $"{options.Vocabulary} tokens", null));
        BpeTokenizer tokenizer = LearnTokenizer(corpus, made, cancellationToken);
        var encoder = new ResidualPairs(verifier, tokenizer, options.Seed, options.CipherShare, options.Threads);
        TrainingPairs training = Encode(corpus, made, encoder, progress, cancellationToken);
        List<PreferencePair> heldOut = HeldOutPairs(corpus, cancellationToken);
        var measured = new ResidualPairs(verifier, tokenizer, options.Seed, cipherShare: 0, options.Threads);
        TokenizedPair[] heldOutTokens = measured.Encode(heldOut, draw: 0, cancellationToken);

        string residual = Path.Combine(folder, ResidualFolder);
        DecoderConfig shape = options.Shape with { VocabularySize = tokenizer.VocabularySize };
        TrainingResult result = PairwiseTrainer.FromScratch(shape, tokenizer, options.Threads, device: "cpu").Train(
            training, Build(heldOutTokens), residual, options.Training with { Seed = options.Seed }, new Steps(progress), cancellationToken);

        progress?.Report(new("weighing verifier and transformer", $"{heldOut.Count} held-out pairs", null));
        double[] added = ResidualRewards.Differences(residual, heldOutTokens, options.Threads, cancellationToken);
        IReadOnlyList<MixtureWeight> weights =
            MixtureWeights.Measure(
                options.Weights, heldOut, [.. heldOut.Zip(heldOutTokens, (pair, tokens) => pair.Margin - tokens.Margin)], added);
        MixtureWeight best = MixtureWeights.Choose(weights, heldOut.Count);
        MixtureWeights.Write(Path.Combine(folder, "weights.jsonl"), weights);
        MixedCheckpoint.Save(folder, residual, best.Weight, verifier, cancellationToken);
        return new RecipeResult(folder, corpus.Given.Count, corpus.Golds.Count, result, weights, best);
    }

    private async Task<LinearHead> TrainVerifierAsync(RecipeCorpus corpus, MadePairs made, CancellationToken cancellationToken)
    {
        List<PreferencePair> wrong = made.Make(options.VerifierPairs, perGold: 2, options.Seed + VerifierSeed, cancellationToken);
        VerifierTrainingResult result = await VerifierTrainer.TrainAsync(
            [.. corpus.Given, .. wrong],
            options: options.Verifier with { Seed = options.Seed, Threads = options.Threads },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return result.Model.Head;
    }

    private BpeTokenizer LearnTokenizer(RecipeCorpus corpus, MadePairs made, CancellationToken cancellationToken)
    {
        int stride = Math.Max(1, corpus.Given.Count / Math.Max(1, options.TokenizerTexts / 2));
        IEnumerable<PreferencePair> pairs = corpus.Given.Where((_, i) => i % stride == 0)
            .Concat(made.Make(options.TokenizerTexts / 2, perGold: 1, options.Seed + TokenizerSeed, cancellationToken));
        var template = new AnnotatedTemplate();
        return BpeTrainer.Train(
            pairs.AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads)
                .SelectMany(pair => (string[])[template.Render(pair.Prompt, pair.Chosen), template.Render(pair.Prompt, pair.Rejected)]),
            new BpeTrainerOptions { VocabularySize = options.Vocabulary, SpecialTokens = template.RequiredTokens },
            progress: null,
            cancellationToken);
    }

    /// <summary>All draws: in each, a part of the given pairs and new wrong answers.</summary>
    private TrainingPairs Encode(
        RecipeCorpus corpus, MadePairs made, ResidualPairs encoder, IProgress<RecipeProgress>? progress, CancellationToken cancellationToken)
    {
        var builder = new TrainingPairs.Builder(options.MaxLength);
        for (int draw = 0; draw < options.Draws; draw++)
        {
            progress?.Report(new("making wrong answers", $"draw {draw + 1} of {options.Draws}", (double)draw / options.Draws));
            ulong seed = options.Seed + FirstDrawSeed + (ulong)draw;
            PreferencePair[] given = [.. corpus.Given];
            Xoshiro256.Create(seed, 1).Shuffle<PreferencePair>(given);
            List<PreferencePair> wrong = made.Make(options.MadePairsPerDraw, options.WrongPerRight, seed, cancellationToken);
            foreach (TokenizedPair pair in encoder.Encode([.. given.Take(options.GivenPairsPerDraw), .. wrong], draw, cancellationToken))
            {
                builder.Add(pair);
            }
        }

        return builder.Build();
    }

    private List<PreferencePair> HeldOutPairs(RecipeCorpus corpus, CancellationToken cancellationToken)
    {
        PreferencePair[] given = [.. corpus.HeldOut];
        Xoshiro256.Create(options.Seed + HeldOutSeed, 0).Shuffle<PreferencePair>(given);
        return
        [
            .. given.Take(options.HeldOutPairs),
            .. new MadePairs(corpus.HeldOutGolds, options.Threads).Make(options.HeldOutPairs, perGold: 2, options.Seed + HeldOutSeed, cancellationToken),
        ];
    }

    private TrainingPairs Build(IEnumerable<TokenizedPair> pairs)
    {
        var builder = new TrainingPairs.Builder(options.MaxLength);
        foreach (TokenizedPair pair in pairs)
        {
            builder.Add(pair);
        }

        return builder.Build();
    }

    private sealed class Steps(IProgress<RecipeProgress>? progress) : IProgress<TrainingMetrics>
    {
        public void Report(TrainingMetrics value) => progress?.Report(new(
            "training the transformer",
            FormattableString.Invariant($"step {value.Step}/{value.TotalSteps}, loss {value.Loss:F4}, accuracy {value.Accuracy:F4}"),
            (double)value.Step / value.TotalSteps));
    }
}
