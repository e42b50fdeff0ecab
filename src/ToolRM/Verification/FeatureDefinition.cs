namespace ToolRM.Verification;

/// <summary>How a feature's amounts become its value.</summary>
public enum FeatureScale
{
    /// <summary>The sum over a candidate's calls divided by their number.</summary>
    PerCall,

    /// <summary>The sum as it is.</summary>
    Whole,
}

/// <summary>A feature of a candidate. Immutable.</summary>
/// <param name="Name">Its stable name, family first: <c>grounding.required_exact</c>.</param>
/// <param name="Phrase">What it says of a candidate or argument, in words that continue "`date`: …": <c>value not found in the conversation</c>.</param>
/// <param name="Definition">How it is computed.</param>
/// <param name="Scale">How amounts become a value.</param>
public sealed record FeatureDefinition(string Name, string Phrase, string Definition, FeatureScale Scale);
