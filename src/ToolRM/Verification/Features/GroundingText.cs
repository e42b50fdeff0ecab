using ToolRM.Verification.Grounding;

namespace ToolRM.Verification.Features;

/// <summary>A <see cref="GroundingClass"/> in words.</summary>
/// <param name="Class">The class.</param>
/// <param name="Name">Its name within the names of features.</param>
/// <param name="Phrase">What it says of an argument.</param>
/// <param name="Definition">What its values are; continues "a value is".</param>
internal sealed record GroundingText(GroundingClass Class, string Name, string Phrase, string Definition)
{
    /// <summary>All classes in their order.</summary>
    public static IReadOnlyList<GroundingText> All { get; } =
    [
        new(GroundingClass.Empty, "empty", "empty value", "an empty string, list or object"),
        new(GroundingClass.Placeholder, "placeholder", "placeholder instead of a value",
            "a placeholder (unknown, N/A, null …) that the conversation does not contain"),
        new(GroundingClass.Exact, "exact", "value found in the conversation",
            "in the conversation character by character, between word boundaries"),
        new(GroundingClass.OtherCase, "other_case", "value found in the conversation in other case",
            "in the conversation but for upper and lower case"),
        new(GroundingClass.Date, "date", "date mentioned in the conversation", "a date that the conversation mentions or describes"),
        new(GroundingClass.RelativeDate, "relative_date", "date that the conversation describes relative to a day it does not tell",
            "a date, while the conversation names days relative to a today that it does not tell"),
        new(GroundingClass.OtherDate, "other_date", "date not found in the conversation", "a date that the conversation does not mention"),
        new(GroundingClass.Time, "time", "time mentioned in the conversation", "a time of day that the conversation mentions"),
        new(GroundingClass.OtherTime, "other_time", "time not found in the conversation",
            "a time of day that the conversation does not mention"),
        new(GroundingClass.Words, "words", "all words of the value are in the conversation",
            "made of words that are all in the conversation, in their stems, abbreviations or as numbers"),
        new(GroundingClass.Number, "number", "number mentioned in the conversation", "a number that the conversation mentions"),
        new(GroundingClass.ConvertedNumber, "converted_number", "number mentioned in another unit",
            "a number that the conversation mentions, times 100, 1000, 60 or 12 or divided by it"),
        new(GroundingClass.OtherNumber, "other_number", "number not found in the conversation",
            "a number that the conversation does not mention"),
        new(GroundingClass.Alias, "alias", "another name of something mentioned",
            "another name or code of something that the conversation mentions"),
        new(GroundingClass.EnumWord, "enum_word", "allowed value that the conversation hints at",
            "an allowed value of which a word is in the conversation"),
        new(GroundingClass.EnumOther, "enum_other", "allowed value that nothing in the conversation hints at",
            "an allowed value of which no word is in the conversation"),
        new(GroundingClass.DemandedSuffix, "demanded_suffix", "place in the conversation, with the state or country that is asked for",
            "in the conversation up to the comma, while the description asks for a place with its state or country"),
        new(GroundingClass.AddedSuffix, "added_suffix", "in the conversation only up to the comma", "in the conversation up to the comma"),
        new(GroundingClass.HalfWords, "half_words", "half of the value is in the conversation",
            "made of words of which at least half are in the conversation, or the initials of words there"),
        new(GroundingClass.Description, "description", "value copied from the parameter's description",
            "in the parameter's description, but not in the conversation"),
        new(GroundingClass.SomeWords, "some_words", "little of the value is in the conversation",
            "made of words of which fewer than half are in the conversation"),
        new(GroundingClass.None, "none", "value not found in the conversation", "not in the conversation at all"),
        new(GroundingClass.TrueMentioned, "true_mentioned", "true, and the conversation speaks of it",
            "true, while the conversation contains the name's words"),
        new(GroundingClass.TrueUnmentioned, "true_unmentioned", "true, but the conversation does not speak of it",
            "true, while it does not contain the name's words"),
        new(GroundingClass.FalseMentioned, "false_mentioned", "false, and the conversation negates it",
            "false, while the conversation negates something and contains the name's words"),
        new(GroundingClass.FalseUnmentioned, "false_unmentioned", "false, but the conversation does not speak of it",
            "false, while the conversation does not contain the name's words or negates nothing"),
    ];
}
