using ToolRM.Data;
using ToolRM.Prompts;
using ToolRM.Tokenization;
using ToolRM.Verification;

namespace ToolRM.Training;

/// <summary>Renders preference pairs by a template and turns them into tokens.</summary>
internal sealed class PairEncoder(PromptTemplate template, ITokenizer tokenizer)
{
    private readonly List<int> _ids = [];

    public TokenizedPair Encode(PreferencePair pair)
    {
        var request = new RequestFacts(pair.Prompt);
        _ids.Clear();
        template.EncodePrompt(request, tokenizer, _ids);
        int[] prompt = [.. _ids];
        return new(pair.Id, prompt, Encode(new CandidateFacts(request, pair.Chosen)), Encode(new CandidateFacts(request, pair.Rejected)), pair.Margin);
    }

    private int[] Encode(CandidateFacts candidate)
    {
        _ids.Clear();
        template.EncodeCandidate(candidate, tokenizer, _ids);
        return [.. _ids];
    }
}
