namespace ToolRM.Verification.Grounding;

/// <summary>Where a value comes from: the first that fits, in about this order.</summary>
internal enum GroundingClass
{
    /// <summary>An empty string, list or object.</summary>
    Empty,

    /// <summary>A placeholder (unknown, N/A, &lt;city&gt;, …) that the conversation does not contain.</summary>
    Placeholder,

    /// <summary>In the conversation, character by character, between word boundaries.</summary>
    Exact,

    /// <summary>As <see cref="Exact"/>, but in other case.</summary>
    OtherCase,

    /// <summary>A date the conversation mentions, or that a relative mention means.</summary>
    Date,

    /// <summary>A date, while the conversation names days relative to a today that it does not tell.</summary>
    RelativeDate,

    /// <summary>A date that the conversation does not mention.</summary>
    OtherDate,

    /// <summary>A time of day that the conversation mentions.</summary>
    Time,

    /// <summary>A time of day that it does not mention.</summary>
    OtherTime,

    /// <summary>All its words, or their stems, abbreviations or numbers, are in the conversation.</summary>
    Words,

    /// <summary>A number that the conversation mentions.</summary>
    Number,

    /// <summary>
    /// A number it mentions times 100, 1000, 60, 12 or a factor between units mentioned, or divided by it; or the days between two dates.
    /// </summary>
    ConvertedNumber,

    /// <summary>A number that the conversation does not mention.</summary>
    OtherNumber,

    /// <summary>Another name or code of something mentioned (EUR for euros).</summary>
    Alias,

    /// <summary>One of the allowed values, of which a word is in the conversation.</summary>
    EnumWord,

    /// <summary>One of the allowed values, of which no word is.</summary>
    EnumOther,

    /// <summary>The part before the comma is in the conversation, and the description asks for "City, State".</summary>
    DemandedSuffix,

    /// <summary>The part before the comma is in the conversation.</summary>
    AddedSuffix,

    /// <summary>At least half of its words are in the conversation, or all but in two sentences, or it is their initials.</summary>
    HalfWords,

    /// <summary>It stands in the parameter's description only.</summary>
    Description,

    /// <summary>Some of its words are in the conversation.</summary>
    SomeWords,

    /// <summary>Nothing of it is in the conversation.</summary>
    None,

    /// <summary>True, and the conversation speaks of what the parameter is about.</summary>
    TrueMentioned,

    /// <summary>True, and it does not.</summary>
    TrueUnmentioned,

    /// <summary>False, and the conversation negates what the parameter is about.</summary>
    FalseMentioned,

    /// <summary>False, and it does not.</summary>
    FalseUnmentioned,
}

/// <summary>What the classes mean for the value as a whole.</summary>
internal static class GroundingClasses
{
    /// <summary>Whether the conversation gives the value.</summary>
    public static bool IsGrounded(this GroundingClass grounding) => grounding is
        GroundingClass.Alias or GroundingClass.Exact or GroundingClass.OtherCase or GroundingClass.Words or GroundingClass.Date
        or GroundingClass.Time or GroundingClass.Number or GroundingClass.TrueMentioned or GroundingClass.FalseMentioned
        or GroundingClass.EnumWord;

    /// <summary>Whether the conversation gives no reason for the value.</summary>
    public static bool IsUngrounded(this GroundingClass grounding) => grounding is
        GroundingClass.None or GroundingClass.OtherNumber or GroundingClass.OtherDate or GroundingClass.OtherTime
        or GroundingClass.TrueUnmentioned or GroundingClass.EnumOther or GroundingClass.Description or GroundingClass.Placeholder
        or GroundingClass.SomeWords or GroundingClass.Empty;
}
