namespace ToolRM.Engines;

/// <summary>An engine that can keep the keys and values of a prompt and use them again in a later forest.</summary>
internal interface IPrefixCachingEngine : IRewardEngine
{
    /// <summary>A block for the segments of forests that this engine scores.</summary>
    IPrefixBlock CreatePrefixBlock();
}
