namespace ToolRM.TorchSharp.Planning;

/// <summary>How the tokens of a forest lie in the tensors.</summary>
internal enum LayoutKind
{
    /// <summary>Every token once, tree after tree; candidates see the prompt they share through a mask.</summary>
    Packed,

    /// <summary>A row per sequence, filled up on the right; prompts are computed for every candidate, and no mask is needed.</summary>
    Padded,
}
