using ToolRM.Models;
using ToolRM.Tokenization;

namespace ToolRM.Prompts;

/// <summary>The template a model is used with, and why.</summary>
/// <param name="Template">The template; <see langword="null"/> if only token ids can be scored.</param>
/// <param name="Reason">Why it is this one, or why there is none and what to do, in words.</param>
internal sealed record TemplateChoice(PromptTemplate? Template, string Reason)
{
    /// <summary>Chooses the template asked for, or else the one the checkpoint names, or else the one its model type implies.</summary>
    /// <param name="config">The model.</param>
    /// <param name="tokenizer">Its tokenizer, if it has one.</param>
    /// <param name="asked">The name of the template asked for, if one was.</param>
    /// <exception cref="ToolRMException">The template is unknown, or the tokenizer lacks control tokens that it needs.</exception>
    public static TemplateChoice Find(DecoderConfig config, ITokenizer? tokenizer, string? asked)
    {
        if (tokenizer is null)
        {
            return new(null, "The model folder has no tokenizer.json, so only token ids can be scored (ScoreTokensAsync). "
                + "Add the file to the folder, or set RewardModelOptions.Tokenizer.");
        }

        (string? name, string reason) = (asked, config.Template, PromptTemplate.Implied(config, tokenizer)) switch
        {
            ({ } option, _, _) => (option, "asked for"),
            (_, { } named, _) => (named, "the checkpoint's config.json names it (toolrm.template)"),
            (_, _, { } implied) => (implied, $"implied by the model type '{config.ModelType}' and the tokenizer's control tokens"),
            _ => (null, "The checkpoint does not say which prompt template it was trained on, and none can be told from its model type "
                + $"'{config.ModelType}'. Set RewardModelOptions.Template to one of {string.Join(", ", PromptTemplate.Names)}."),
        };
        if (name is null)
        {
            return new(null, reason);
        }

        PromptTemplate template = PromptTemplate.Get(name);
        template.EnsureSupportedBy(tokenizer);
        return new(template, reason);
    }
}
