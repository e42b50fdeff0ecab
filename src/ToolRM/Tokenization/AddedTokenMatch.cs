namespace ToolRM.Tokenization;

/// <summary>Where an added token stands in a text, with the whitespace it swallows.</summary>
internal readonly record struct AddedTokenMatch(int Id, int Start, int End);
