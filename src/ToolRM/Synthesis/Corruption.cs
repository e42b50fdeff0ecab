namespace ToolRM.Synthesis;

/// <summary>Makes wrong calls of one style. Has no state; all that varies comes from the draft's dice.</summary>
internal abstract class Corruption
{
    public abstract CorruptionStyle Style { get; }

    /// <summary>
    /// Whether both sides may also be given optional parameters with their defaults, so that these tell nothing; not where they
    /// are what the style is about.
    /// </summary>
    public virtual bool AllowsNeutralDefaults => false;

    /// <summary>Spoils <see cref="Draft.Rejected"/>, and where the style needs it changes the request, the tools and the right calls.</summary>
    /// <returns>Whether the style applies and this draw came to something; otherwise the draft is useless.</returns>
    public abstract bool Apply(Draft draft);
}
