namespace ToolRM.Synthesis;

/// <summary>Which wrong calls are made. Immutable; a value out of its range is an error when the generator is made.</summary>
public sealed record CorruptionOptions
{
    /// <summary>
    /// How often each style is drawn, in proportion to its weight; each 0 or more, and one above 0. A style that is not listed is not
    /// drawn. By default <see cref="DefaultWeights"/>. Styles that suit few examples come out somewhat rarer.
    /// </summary>
    public IReadOnlyDictionary<CorruptionStyle, double> Weights { get; init; } = DefaultWeights;

    /// <summary>
    /// How often a side, right or wrong, is given an optional parameter with the value that leaving it out means, where the style
    /// allows it; 0 to 1, default 0.3. Both sides are decided independently, so that defaults tell nothing.
    /// </summary>
    public double NeutralDefaults { get; init; } = 0.3;

    /// <summary>
    /// The weights that measured best for judging the errors of language models: many of invented and badly formatted values and wrong
    /// functions, no pairs about calling nothing, which make a reward model like empty answers.
    /// </summary>
    public static IReadOnlyDictionary<CorruptionStyle, double> DefaultWeights { get; } = new Dictionary<CorruptionStyle, double>
    {
        [CorruptionStyle.CityState] = 12,
        [CorruptionStyle.DateFormat] = 10,
        [CorruptionStyle.InventedOptional] = 12,
        [CorruptionStyle.OverreachingValue] = 5,
        [CorruptionStyle.RephrasedValue] = 4,
        [CorruptionStyle.OtherValue] = 3,
        [CorruptionStyle.Placeholder] = 2,
        [CorruptionStyle.OtherNumber] = 5,
        [CorruptionStyle.ConvertedNumber] = 2,
        [CorruptionStyle.Percentage] = 4,
        [CorruptionStyle.OtherType] = 2,
        [CorruptionStyle.SiblingFunction] = 10,
        [CorruptionStyle.OppositeFunction] = 2,
        [CorruptionStyle.BrokenName] = 3,
        [CorruptionStyle.ExtraCall] = 3,
        [CorruptionStyle.CallCount] = 4,
        [CorruptionStyle.ParallelValues] = 4,
        [CorruptionStyle.CombinedValues] = 2,
        [CorruptionStyle.WrappedArguments] = 4,
        [CorruptionStyle.OtherEnumValue] = 5,
        [CorruptionStyle.OmittedOptional] = 4,
        [CorruptionStyle.SwappedSlots] = 5,
        [CorruptionStyle.CodedValue] = 3,
    }.AsReadOnly();

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        foreach ((CorruptionStyle style, double weight) in Weights)
        {
            if (!Enum.IsDefined(style) || !double.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(Weights), weight, $"The weight of the style {style} must be a finite number, 0 or more.");
            }
        }

        if (!Weights.Values.Any(weight => weight > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Weights), "At least one style must have a weight above 0.");
        }

        if (NeutralDefaults is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(NeutralDefaults), NeutralDefaults, "NeutralDefaults must be from 0 to 1.");
        }
    }
}
