using ToolRM.Prompts;
using ToolRM.Tokenization;
using ToolRM.Verification;

namespace ToolRM.Scoring;

/// <summary>Turns requests into token ids and sees to their length. Safe to call from many threads at once.</summary>
internal sealed class RequestEncoder(ITokenizer tokenizer, PromptTemplate template, int maxLength, OverLengthPolicy policy)
{
    /// <summary>Encodes a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="index">Its index in the batch, for messages.</param>
    /// <param name="threads">Threads to spread its candidates over.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">There is no candidate, or something is null.</exception>
    /// <exception cref="OverLengthException">It is too long.</exception>
    public EncodedRequest Encode(RewardRequest request, int index, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Prompt);
        if (request.Candidates is not { Count: > 0 })
        {
            throw new ArgumentException($"Request {index} has no candidate to score; expected at least one.", nameof(request));
        }

        if (request.Candidates.Contains(null!))
        {
            throw new ArgumentException($"Request {index} has a candidate that is null.", nameof(request));
        }

        var facts = new RequestFacts(request.Prompt);
        CandidateFacts[] answers = [.. request.Candidates.Select(candidate => new CandidateFacts(facts, candidate))];
        var candidates = new int[answers.Length][];
        ParallelWork.For(
            candidates.Length,
            threads,
            i =>
            {
                var tokens = new List<int>();
                template.EncodeCandidate(answers[i], tokenizer, tokens);
                candidates[i] = [.. tokens];
            },
            cancellationToken);
        var ids = new List<int>();
        int longest = Array.IndexOf(candidates, candidates.MaxBy(candidate => candidate.Length));
        RequestFacts prompt = facts;
        for (int dropped = 0; ; dropped++)
        {
            ids.Clear();
            template.EncodePrompt(prompt, tokenizer, ids);
            int length = ids.Count + candidates[longest].Length;
            if (length <= maxLength)
            {
                return new EncodedRequest([.. ids], candidates, dropped) { Facts = answers };
            }

            prompt = (policy == OverLengthPolicy.DropOldestMessages && WithoutOldest(prompt.Prompt) is { } shorter ? new RequestFacts(shorter) : null)
                ?? throw new OverLengthException(index, longest, length, maxLength);
        }
    }

    /// <summary>The prompt without its oldest message that is no system message; null if only the newest is left.</summary>
    private static ToolPrompt? WithoutOldest(ToolPrompt prompt)
    {
        for (int i = 0; i < prompt.Messages.Count - 1; i++)
        {
            if (prompt.Messages[i].Role != ChatRole.System)
            {
                return prompt with { Messages = [.. prompt.Messages.Where((_, other) => other != i)] };
            }
        }

        return null;
    }
}
