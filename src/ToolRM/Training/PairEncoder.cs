using ToolRM.Data;
using ToolRM.Prompts;
using ToolRM.Tokenization;

namespace ToolRM.Training;

/// <summary>Renders preference pairs by a template and turns them into tokens.</summary>
internal sealed class PairEncoder(PromptTemplate template, ITokenizer tokenizer)
{
    private readonly List<int> _ids = [];

    public TokenizedPair Encode(PreferencePair pair)
    {
        _ids.Clear();
        template.EncodePrompt(pair.Prompt, tokenizer, _ids);
        int[] prompt = [.. _ids];
        return new(pair.Id, prompt, Candidate(pair.Prompt, pair.Chosen), Candidate(pair.Prompt, pair.Rejected), pair.Margin);
    }

    private int[] Candidate(ToolPrompt prompt, Candidate candidate)
    {
        _ids.Clear();
        template.EncodeCandidate(prompt, candidate, tokenizer, _ids);
        return [.. _ids];
    }
}
