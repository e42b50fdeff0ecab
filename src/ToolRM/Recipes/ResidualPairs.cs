using ToolRM.Data;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Scoring;
using ToolRM.Tokenization;
using ToolRM.Training;
using ToolRM.Verification;

namespace ToolRM.Recipes;

/// <summary>
/// Turns pairs into tokens for a transformer that is to add to what a verifier says already: what the verifier makes of a pair is taken
/// off its margin, so that the transformer learns the rest.
/// </summary>
internal sealed class ResidualPairs(LinearHead verifier, ITokenizer tokenizer, ulong seed, double cipherShare, int threads)
{
    private static readonly AnnotatedTemplate _plain = new();

    /// <summary>Encodes pairs, in their order.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="draw">Their draw; see <see cref="TokenizedPair"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public TokenizedPair[] Encode(IReadOnlyList<PreferencePair> pairs, int draw, CancellationToken cancellationToken)
    {
        var encoded = new TokenizedPair[pairs.Count];
        ParallelWork.For(encoded.Length, threads, i => encoded[i] = Encode(pairs[i], draw), cancellationToken);
        return encoded;
    }

    private TokenizedPair Encode(PreferencePair pair, int draw)
    {
        var request = new RequestFacts(pair.Prompt);
        var chosen = new CandidateFacts(request, pair.Chosen);
        var rejected = new CandidateFacts(request, pair.Rejected);
        AnnotatedTemplate template = TemplateOf(pair, draw);
        var ids = new List<int>();
        template.EncodePrompt(request, tokenizer, ids);
        int[] prompt = [.. ids];
        double known = verifier.Score(FeatureSet.Compute(chosen)) - verifier.Score(FeatureSet.Compute(rejected));
        return new TokenizedPair(pair.Id, prompt, Encode(template, chosen, ids), Encode(template, rejected, ids), pair.Margin - known, draw);
    }

    private int[] Encode(AnnotatedTemplate template, CandidateFacts candidate, List<int> ids)
    {
        ids.Clear();
        template.EncodeCandidate(candidate, tokenizer, ids);
        return [.. ids];
    }

    /// <summary>All pairs of a request in a draw have the same cipher, or none.</summary>
    private AnnotatedTemplate TemplateOf(PreferencePair pair, int draw)
    {
        ulong key = seed + (ulong)draw;
        foreach (char c in pair.Prompt.Messages.Count == 0 ? "" : pair.Prompt.Messages[^1].Content ?? "")
        {
            key = SplitMix64.Mix(key ^ c);
        }

        return (key >> 11) * (1.0 / (1UL << 53)) < cipherShare ? new AnnotatedTemplate(new NameCipher(key)) : _plain;
    }
}
