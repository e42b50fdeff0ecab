namespace ToolRM;

/// <summary>Why a candidate has its reward. Immutable.</summary>
/// <param name="Constant">The reward of a candidate without any of the features.</param>
/// <param name="Families">
/// What each family of features adds, in a fixed order. Constant and contributions add up to the reward, up to rounding.
/// </param>
/// <param name="Reasons">The single reasons behind <paramref name="Families"/>, the strongest first.</param>
public sealed record RewardExplanation(double Constant, IReadOnlyList<FamilyContribution> Families, IReadOnlyList<RewardReason> Reasons)
{
    /// <summary>The explanation of a reward to which something else adds.</summary>
    internal RewardExplanation With(string family, double contribution) =>
        this with { Families = [.. Families, new FamilyContribution(family, contribution)] };
}

/// <summary>What a family of features adds to a reward.</summary>
/// <param name="Family">The family's stable name: <c>grounding</c>.</param>
/// <param name="Contribution">What it adds; negative if it speaks against the candidate.</param>
public sealed record FamilyContribution(string Family, double Contribution);

/// <summary>One reason for a reward: what a feature finds at one place of the candidate.</summary>
/// <param name="Feature">The feature's stable name: <c>grounding.required_none</c>.</param>
/// <param name="CallIndex">The call it is about, from 0; <see langword="null"/> for the candidate as a whole.</param>
/// <param name="Argument">The argument or left-out parameter it is about; <see langword="null"/> for the call as a whole.</param>
/// <param name="Text">The reason in words: <c>`date`: value not found in the conversation</c>.</param>
/// <param name="Contribution">What it adds to the reward.</param>
public sealed record RewardReason(string Feature, int? CallIndex, string? Argument, string Text, double Contribution);
