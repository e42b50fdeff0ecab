namespace ToolRM.Verification.Text;

/// <summary>A word of a text, in lower case, with its stem and its place.</summary>
/// <param name="Text">The word in lower case; numbers keep their decimal point.</param>
/// <param name="Stem">Its stem.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Number of its characters.</param>
internal readonly record struct Word(string Text, string Stem, int Start, int Length);
