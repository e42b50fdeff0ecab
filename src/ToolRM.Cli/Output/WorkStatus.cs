namespace ToolRM.Cli.Output;

/// <summary>How far long work is.</summary>
/// <param name="Fraction">From 0 to 1; <see langword="null"/> if the end is not known.</param>
/// <param name="Text">What there is to tell, on one line.</param>
internal readonly record struct WorkStatus(double? Fraction, string Text);
