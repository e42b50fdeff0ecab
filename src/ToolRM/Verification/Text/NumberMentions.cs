namespace ToolRM.Verification.Text;

/// <summary>A number in a text with everything it may mean: "5%" is 5 and 0.05, "3k" is 3 and 3000.</summary>
/// <param name="Readings">The values, the plain one first.</param>
/// <param name="IsPercent">Whether it is a percentage.</param>
internal readonly record struct NumberMention(IReadOnlyList<double> Readings, bool IsPercent);

/// <summary>The numbers that a conversation mentions. Immutable.</summary>
internal sealed class NumberMentions
{
    /// <summary>Every value that can be read anywhere in the conversation, words such as "twenty five" and ordinals included.</summary>
    public required IReadOnlySet<double> Values { get; init; }

    /// <summary>The numbers in digits of the newest user message, in their order.</summary>
    public required IReadOnlyList<NumberMention> LastTurn { get; init; }

    /// <summary>The percentages anywhere, as written (5 for "5%").</summary>
    public required IReadOnlyList<double> Percentages { get; init; }

    /// <summary>The numbers in digits of any text, with everything they may mean.</summary>
    public static List<NumberMention> Scan(string text) => throw new NotImplementedException();
}
