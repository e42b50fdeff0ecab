using ToolRM.Verification.Demands;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Verification;

/// <summary>What is known of a request before any candidate is looked at. Immutable; shared by its candidates.</summary>
internal sealed class RequestFacts
{
    private readonly Dictionary<string, FunctionFacts> _byName = new(StringComparer.Ordinal);

    public RequestFacts(ToolPrompt prompt)
    {
        Prompt = prompt;
        Conversation = Conversation.Read(prompt.Messages);
        Functions = [.. prompt.Tools.Select(FunctionFacts.Of)];
        foreach (FunctionFacts function in Functions)
        {
            _byName.TryAdd(function.Name, function);
        }
    }

    public ToolPrompt Prompt { get; }

    public Conversation Conversation { get; }

    /// <summary>The tools, in their order.</summary>
    public IReadOnlyList<FunctionFacts> Functions { get; }

    /// <summary>How well each function fits what is asked; computed when first needed.</summary>
    public FunctionRelevance Relevance => field ??= new FunctionRelevance(this);

    /// <summary>What the newest message asks for; computed when first needed.</summary>
    public RequestDemands Demands => field ??= new RequestDemands(Conversation);

    /// <summary>The tool of exactly this name; the first of several.</summary>
    public FunctionFacts? Find(string name) => _byName.GetValueOrDefault(name);
}
