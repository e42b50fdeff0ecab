namespace ToolRM.Data;

/// <summary>One row to score.</summary>
/// <param name="Id">The row's <c>id</c>, or its line number.</param>
/// <param name="Request">The prompt and its candidates.</param>
/// <param name="IsList">Whether the row had a list of <c>candidates</c>, rather than one candidate's <c>calls</c> or <c>text</c>.</param>
internal sealed record ScoringRow(string Id, RewardRequest Request, bool IsList);
