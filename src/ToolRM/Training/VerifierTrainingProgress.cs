namespace ToolRM.Training;

/// <summary>How far the training of a verifier is.</summary>
/// <param name="Pairs">Pairs whose features are computed, held-out pairs included.</param>
/// <param name="Step">Optimiser steps done; 0 while features are computed.</param>
/// <param name="TotalSteps">Optimiser steps of the whole run; 0 while features are computed.</param>
public readonly record struct VerifierTrainingProgress(int Pairs, int Step, int TotalSteps);
