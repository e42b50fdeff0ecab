using ToolRM.Tokenization.Splitting;

namespace ToolRM.Tokenization.Json;

/// <summary>One pre-tokenizer of a <c>tokenizer.json</c>, as read and written.</summary>
internal abstract record PreTokenizerStep;

/// <summary><c>Split</c> by a regular expression or a literal string.</summary>
internal sealed record SplitStep(string Pattern, bool IsRegex, PieceSelection Kept) : PreTokenizerStep;

/// <summary><c>Digits</c>.</summary>
internal sealed record DigitsStep(bool Individual) : PreTokenizerStep;

/// <summary><c>ByteLevel</c>; always the last step.</summary>
internal sealed record ByteLevelStep(bool AddsPrefixSpace, bool UsesPattern) : PreTokenizerStep;
