namespace ToolRM.Engines;

/// <summary>
/// An engine's memory for the keys and values, in all layers, of <see cref="Tokens"/> consecutive tokens of a prompt.
/// </summary>
internal interface IPrefixBlock : IDisposable
{
    /// <summary>Tokens of a block.</summary>
    const int Tokens = 32;
}
