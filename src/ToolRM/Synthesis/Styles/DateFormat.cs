using System.Globalization;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.DateFormat"/>
internal sealed class DateFormat : Corruption
{
    private const string Iso = "yyyy-MM-dd";

    /// <summary>Notations with the words that demand them; <c>{0}</c> is an example in that notation.</summary>
    private static readonly (string Format, string Demand)[] _demands =
    [
        (Iso, "in YYYY-MM-DD format"), (Iso, "given as 'YYYY-MM-DD' (e.g., '{0}')"), (Iso, "as an ISO 8601 date such as {0}"),
        ("MM/dd/yyyy", "in MM/DD/YYYY format"), ("MM/dd/yyyy", "written 'MM/DD/YYYY' (for example '{0}')"),
        ("MM-dd-yyyy", "in the form MM-DD-YYYY"),
    ];

    private static readonly string[] _notations = [Iso, "MM/dd/yyyy", "MM-dd-yyyy"];

    public override CorruptionStyle Style => CorruptionStyle.DateFormat;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => slot.IsFreeText && Read(slot) is not null) is not { } slot || Read(slot) is not { } date)
        {
            return false;
        }

        string notation = Iso;
        if (draft.Dice.Chance(0.8))
        {
            (notation, string demand) = draft.Dice.OneOf<(string, string)>(_demands);
            if (!TryDemand(draft, slot, date, notation, demand))
            {
                return false;
            }
        }

        if (Spoil(draft, date, notation) is not { } wrong)
        {
            return false;
        }

        draft.Rejected[slot.Call][slot.Name] = Scalars.Of(wrong);
        return true;
    }

    /// <summary>Demands a notation, and writes the right dates in it.</summary>
    private static bool TryDemand(Draft draft, ArgumentSlot slot, DateOnly date, string notation, string demand)
    {
        // An example shows the year of the right date: a request without a year has no other hint once it does not tell today.
        var example = new DateOnly(date.Year, 1 + draft.Dice.Next(12), 1 + draft.Dice.Next(28));
        string words = string.Format(CultureInfo.InvariantCulture, demand, Write(example, notation));
        if (!draft.TryDescribe(slot, $"{Descriptions.WithoutExamples(slot.Parameter)}{draft.Dice.OneOf(", ", " ")}{words}."))
        {
            return false;
        }

        foreach (ArgumentSlot other in draft.Slots.Where(other => other.Function == slot.Function && other.Name == slot.Name))
        {
            if (Read(other) is not { } day)
            {
                return false;
            }

            draft.Chosen[other.Call][other.Name] = Scalars.Of(Write(day, notation));
        }

        bool tellsYear = words != demand;
        if (tellsYear && draft.Dice.Chance(0.7)
            && draft.Conversation.Dates is { Today: not null } dates && dates.MonthDays.Contains((date.Month, date.Day)))
        {
            draft.Messages.RemoveAll(message => message.Role == ChatRole.System);
        }

        return true;
    }

    private static string? Spoil(Draft draft, DateOnly date, string notation)
    {
        Dice dice = draft.Dice;
        switch (dice.Weighted(30, 15, 25, 15, 15))
        {
            case 0:
                string[] others = [.. _notations.Where(other => other != notation)];
                return Write(date, dice.OneOf<string>(others));
            case 1:
                return dice.OneOf(
                    Write(date, "MMMM d"), Write(date, "MMMM d, yyyy"), Write(date, "d MMMM"), "tomorrow", "today", "next week");
            case 2:
                return Move(date, dice.OneOf(-7, -2, -1, 1, 1, 2, 7, 30)) is { } day ? Write(day, notation) : null;
            case 3:
                int year = date.Year + dice.OneOf(-1, 1, 2, 3, 4, 5);
                return year is >= 1 and <= 9999 && DateTime.DaysInMonth(year, date.Month) >= date.Day
                    ? Write(new DateOnly(year, date.Month, date.Day), notation)
                    : null;
            default:
                return draft.Conversation.Dates.Today is { } today && today != date
                    ? Write(today, notation)
                    : dice.OneOf("dontcare", "", "YYYY-MM-DD");
        }
    }

    private static DateOnly? Move(DateOnly date, int days) =>
        date.DayNumber + days >= 0 && date.DayNumber + days <= DateOnly.MaxValue.DayNumber ? date.AddDays(days) : null;

    private static DateOnly? Read(ArgumentSlot slot) =>
        slot.IsString && DateOnly.TryParseExact(slot.Value.GetString(), Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : null;

    private static string Write(DateOnly date, string notation) => date.ToString(notation, CultureInfo.InvariantCulture);
}
