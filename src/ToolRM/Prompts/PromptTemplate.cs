using ToolRM.Models;
using ToolRM.Tokenization;
using ToolRM.Verification;

namespace ToolRM.Prompts;

/// <summary>
/// How a prompt and a candidate become the text that a checkpoint was trained on. A rendered prompt ends with a control
/// token, so prompt and candidate can be encoded apart and joined. Templates have no state.
/// </summary>
internal abstract class PromptTemplate
{
    private static readonly PromptTemplate[] _all = [new Qwen25Template(), new Qwen3Template(), new CompactTemplate(), new AnnotatedTemplate()];

    /// <summary>The names of all templates.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _all.Select(template => template.Name)];

    /// <summary>The name under which a checkpoint refers to it.</summary>
    public abstract string Name { get; }

    /// <summary>The control tokens without which the template has no meaning.</summary>
    public abstract IReadOnlyList<string> RequiredTokens { get; }

    /// <summary>The template of that name.</summary>
    /// <exception cref="ToolRMException">There is none.</exception>
    public static PromptTemplate Get(string name) =>
        _all.FirstOrDefault(template => template.Name == name)
        ?? throw new ToolRMException($"Unknown prompt template '{name}'. Known templates: {string.Join(", ", Names)}.");

    /// <summary>
    /// The template that checkpoints of a model type were trained on, if their config does not name one: Qwen models that have
    /// the control tokens of the chat format. Null for all others.
    /// </summary>
    public static string? Implied(DecoderConfig config, ITokenizer tokenizer) =>
        tokenizer.GetAddedTokenId("<|im_start|>") is null ? null : config.ModelType switch
        {
            "qwen2" => "qwen2.5",
            "qwen3" => "qwen3",
            _ => null,
        };

    /// <summary>Renders the tools and the conversation, up to the place where the assistant's answer begins.</summary>
    public abstract void WritePrompt(RequestFacts request, PromptWriter writer);

    /// <summary>Renders a candidate as the continuation of the prompt.</summary>
    public abstract void WriteCandidate(CandidateFacts candidate, PromptWriter writer);

    /// <summary>Appends the token ids of a prompt.</summary>
    public void EncodePrompt(RequestFacts request, ITokenizer tokenizer, List<int> destination)
    {
        var writer = new TokenPromptWriter(tokenizer, destination);
        WritePrompt(request, writer);
        writer.Flush();
    }

    /// <summary>Appends the token ids of a candidate.</summary>
    public void EncodeCandidate(CandidateFacts candidate, ITokenizer tokenizer, List<int> destination)
    {
        var writer = new TokenPromptWriter(tokenizer, destination);
        WriteCandidate(candidate, writer);
        writer.Flush();
    }

    /// <summary>Renders prompt and candidate as one string.</summary>
    public string Render(ToolPrompt prompt, Candidate candidate)
    {
        var writer = new StringPromptWriter();
        var request = new RequestFacts(prompt);
        WritePrompt(request, writer);
        WriteCandidate(new CandidateFacts(request, candidate), writer);
        return writer.ToString();
    }

    /// <summary>Makes sure that a tokenizer has the control tokens of this template.</summary>
    /// <exception cref="ToolRMException">Some are missing.</exception>
    public void EnsureSupportedBy(ITokenizer tokenizer)
    {
        string[] missing = [.. RequiredTokens.Where(token => tokenizer.GetAddedTokenId(token) is null)];
        if (missing.Length > 0)
        {
            throw new ToolRMException(
                $"The template '{Name}' needs control tokens that the tokenizer lacks as added tokens: {string.Join(", ", missing)}. "
                + $"Use the tokenizer the template belongs to, or another template ({string.Join(", ", Names)}).");
        }
    }
}
