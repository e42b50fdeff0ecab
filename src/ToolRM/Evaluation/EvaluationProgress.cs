namespace ToolRM.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Pairs">Pairs scored so far.</param>
/// <param name="Correct">Those of them whose chosen reward is strictly higher.</param>
/// <param name="OverLength">Pairs left out so far because they are too long.</param>
public readonly record struct EvaluationProgress(int Pairs, int Correct, int OverLength);
