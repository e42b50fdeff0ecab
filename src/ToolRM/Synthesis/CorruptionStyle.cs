namespace ToolRM.Synthesis;

/// <summary>
/// A way in which tool calls go wrong, and in which <see cref="CorruptionGenerator"/> makes wrong calls from right ones. Some styles
/// change the request, the tools and the right calls as well, so that both sides of the pair are about something the gold
/// example does not have.
/// </summary>
public enum CorruptionStyle
{
    /// <summary>
    /// A description demands "City, State": the right call has the state; the wrong one leaves it out, has another, spells it out or
    /// ignores the form. In a quarter of the pairs nothing is demanded, and a suffix is wrong.
    /// </summary>
    CityState,

    /// <summary>
    /// A description demands a notation of dates: the wrong call has another notation, the words of the request, or another day or
    /// year.
    /// </summary>
    DateFormat,

    /// <summary>The wrong call gives optional parameters values that nobody asked for.</summary>
    InventedOptional,

    /// <summary>A value takes too much of the request: neighbouring words, a suffix, all of it.</summary>
    OverreachingValue,

    /// <summary>A value in another case, as initials, in the singular or plural, with words left out or its parameter's name.</summary>
    RephrasedValue,

    /// <summary>Another value of the same kind, from the conversation or from anywhere.</summary>
    OtherValue,

    /// <summary>A placeholder, an empty string or an example of the description in place of a value.</summary>
    Placeholder,

    /// <summary>Another number: one that the request gives for something else, one off, another magnitude.</summary>
    OtherNumber,

    /// <summary>A number in another unit or scale than the parameter wants, or in the request's where the parameter wants another.</summary>
    ConvertedNumber,

    /// <summary>The request gives a percentage, and the call 5 where 0.05 is wanted or the other way round.</summary>
    Percentage,

    /// <summary>A value in another JSON type: a number in a string, a list in a string, a scalar in a list.</summary>
    OtherType,

    /// <summary>Another function of the same request, with the arguments it shares.</summary>
    SiblingFunction,

    /// <summary>A function is offered that does the opposite or something else to the same thing, and the wrong call takes it.</summary>
    OppositeFunction,

    /// <summary>A name that is none, made from a right one: its namespace is lost, its separators differ.</summary>
    BrokenName,

    /// <summary>A call too many, of another function, with the same values.</summary>
    ExtraCall,

    /// <summary>Calls that are left out, merged, or made twice with a change.</summary>
    CallCount,

    /// <summary>The request gives several values for one thing, each of which needs a call; the wrong side makes too few or merges them.</summary>
    ParallelValues,

    /// <summary>
    /// A parameter takes a list; the wrong side makes a call for each item, or gives only one: the opposite of
    /// <see cref="ParallelValues"/>.
    /// </summary>
    CombinedValues,

    /// <summary>Arguments inside another object (<c>properties</c>), or under a name that the function does not have.</summary>
    WrappedArguments,

    /// <summary>Another one of the allowed values, or the other boolean.</summary>
    OtherEnumValue,

    /// <summary>An optional parameter left out that the request gives a value for.</summary>
    OmittedOptional,

    /// <summary>A value given to another parameter, or two values exchanged.</summary>
    SwappedSlots,

    /// <summary>A description gives codes (1 for Lisbon, 2 for Porto), and the wrong call has the code of something else.</summary>
    CodedValue,

    /// <summary>The tools do not serve the request, so that the right side calls none. Weight 0 by default.</summary>
    IrrelevantTools,

    /// <summary>No call where one is needed. Weight 0 by default.</summary>
    NoCall,
}
