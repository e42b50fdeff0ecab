using ToolRM.Models;

namespace ToolRM.Scoring;

/// <summary>What is checked of each call by itself, so that no other call fails with it.</summary>
internal static class RequestChecks
{
    /// <exception cref="ArgumentException">There is no candidate, one is empty or too long, or a token id is not in the vocabulary.</exception>
    public static void Validate(IReadOnlyList<EncodedRequest> requests, DecoderConfig config)
    {
        for (int r = 0; r < requests.Count; r++)
        {
            EncodedRequest request = requests[r];
            if (request.Candidates.Length == 0)
            {
                throw new ArgumentException($"Request {r} has no candidate to score; expected at least one.", nameof(requests));
            }

            CheckIds(request.Prompt, r, config);
            foreach (int[] candidate in request.Candidates)
            {
                CheckIds(candidate, r, config);
                int length = request.Prompt.Length + candidate.Length;
                if (candidate.Length == 0 || length > config.MaxLength)
                {
                    throw new ArgumentException(
                        $"Request {r} has a candidate of {candidate.Length} tokens after a prompt of {request.Prompt.Length}; expected at least 1 "
                        + $"and together at most {config.MaxLength}, the model's maximum.",
                        nameof(requests));
                }
            }
        }
    }

    private static void CheckIds(ReadOnlySpan<int> ids, int request, DecoderConfig config)
    {
        int wrong = ids.IndexOfAnyExceptInRange(0, config.VocabularySize - 1);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Request {request}: token id {ids[wrong]} is not in the model's vocabulary of {config.VocabularySize}.", nameof(request));
        }
    }
}
