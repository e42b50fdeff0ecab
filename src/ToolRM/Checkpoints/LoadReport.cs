namespace ToolRM.Checkpoints;

/// <summary>What was found when a checkpoint was opened.</summary>
/// <param name="Architecture">The architecture its config names; <see langword="null"/> if none.</param>
/// <param name="ElementTypes">The types its parameters are stored in, for example <c>BF16</c> or <c>BF16, F32</c>.</param>
/// <param name="ParameterCount">Number of trained values.</param>
/// <param name="HasNewHead">Whether the head is not from the checkpoint but freshly initialised.</param>
/// <param name="Notes">What is unusual but makes no difference.</param>
/// <param name="Warnings">What may make a difference.</param>
internal sealed record LoadReport(
    string? Architecture,
    string ElementTypes,
    long ParameterCount,
    bool HasNewHead,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Warnings);
