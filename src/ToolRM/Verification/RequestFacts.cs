using ToolRM.Verification.Demands;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification;

/// <summary>
/// What is known of a request before any candidate is looked at, worked out when it is first asked for; shared by its
/// candidates. Thread-safe: threads that ask at the same time find the same.
/// </summary>
internal sealed class RequestFacts(ToolPrompt prompt)
{
    private Dictionary<string, FunctionFacts>? _byName;

    public ToolPrompt Prompt { get; } = prompt;

    public Conversation Conversation => field ??= Conversation.Read(Prompt.Messages);

    /// <summary>The tools, in their order.</summary>
    public IReadOnlyList<FunctionFacts> Functions => field ??= [.. Prompt.Tools.Select(FunctionFacts.Of)];

    /// <summary>How well each function fits what is asked.</summary>
    public FunctionRelevance Relevance => field ??= new FunctionRelevance(this);

    /// <summary>What the newest message asks for.</summary>
    public RequestDemands Demands => field ??= new RequestDemands(Conversation);

    /// <summary>The tool of exactly this name; the first of several.</summary>
    public FunctionFacts? Find(string name)
    {
        if (_byName is null)
        {
            var byName = new Dictionary<string, FunctionFacts>(StringComparer.Ordinal);
            foreach (FunctionFacts function in Functions)
            {
                byName.TryAdd(function.Name, function);
            }

            _byName = byName;
        }

        return _byName.GetValueOrDefault(name);
    }
}
