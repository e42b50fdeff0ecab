namespace ToolRM.Evaluation;

/// <summary>What an evaluation does with a pair that is longer than the model can read.</summary>
public enum OverLengthPairs
{
    /// <summary>It ends the evaluation with an error, so that no figure is about fewer pairs than were given.</summary>
    Reject,

    /// <summary>It is left out of every figure and counted in <see cref="EvaluationReport.OverLength"/>.</summary>
    Skip,
}
