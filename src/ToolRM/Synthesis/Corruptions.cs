using ToolRM.Synthesis.Styles;

namespace ToolRM.Synthesis;

/// <summary>All styles of corruption.</summary>
internal static class Corruptions
{
    /// <summary>One of each style, in the order of <see cref="CorruptionStyle"/>.</summary>
    public static IReadOnlyList<Corruption> All { get; } =
    [
        new CityState(), new DateFormat(), new InventedOptional(), new OverreachingValue(), new RephrasedValue(), new OtherValue(),
        new Placeholder(), new OtherNumber(), new ConvertedNumber(), new Percentage(), new OtherType(), new SiblingFunction(),
        new OppositeFunction(), new BrokenName(), new ExtraCall(), new CallCount(), new ParallelValues(), new CombinedValues(),
        new WrappedArguments(), new OtherEnumValue(), new OmittedOptional(), new SwappedSlots(), new CodedValue(),
        new IrrelevantTools(), new NoCall(),
    ];

    /// <exception cref="ArgumentOutOfRangeException">The style is none of the enumeration.</exception>
    public static Corruption Of(CorruptionStyle style) =>
        Enum.IsDefined(style)
            ? All[(int)style]
            : throw new ArgumentOutOfRangeException(nameof(style), style, "expected a style of the enumeration");
}
