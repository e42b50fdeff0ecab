using System.Globalization;
using System.Text.Json;
using ToolRM.ToolCalls.Parsing;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.CodedValue"/>
internal sealed class CodedValue : Corruption
{
    private const int LongestMeaning = 30;

    public override CorruptionStyle Style => CorruptionStyle.CodedValue;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => slot.IsString && IsMeaning(slot.Value) && draft.Mentions(slot.Value.GetString()!)) is not { } slot)
        {
            return false;
        }

        string right = slot.Value.GetString()!;
        string[] others =
        [
            .. draft.Pools.ValuesOf(slot.Parameter)
                .Where(IsMeaning)
                .Select(value => value.GetString()!)
                .Where(value => !draft.Mentions(value))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        if (others.Length < 2)
        {
            return false;
        }

        List<string> meanings = [right, .. Enumerable.Range(0, draft.Dice.OneOf(1, 2, 2, 3)).Select(_ => draft.Dice.Pick(others)).Distinct()];
        draft.Dice.Shuffle(meanings);
        int first = draft.Dice.OneOf(0, 1, 1, 1);
        bool asText = draft.Dice.Chance(0.25);
        string description = Describe(slot.Parameter.Name, meanings, first, draft.Dice);
        JsonElement schema = JsonBuild.Object(
            [new("type", Scalars.Of(asText ? "string" : "integer")), new("description", Scalars.Of(description))]);
        if (draft.Chosen.Count(call => call.Name == slot.Function.Name) > 1 || !draft.TryEdit(slot, _ => schema))
        {
            return false;
        }

        int code = first + meanings.IndexOf(right);
        int wrong = first + draft.Dice.Next(meanings.Count + 1);
        if (wrong == code)
        {
            return false;
        }

        draft.Chosen[slot.Call][slot.Name] = Code(code, asText);
        draft.Rejected[slot.Call][slot.Name] = Code(wrong, asText);
        return true;
    }

    private static bool IsMeaning(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 2 and <= LongestMeaning } text && text.All(c => char.IsLetter(c) || c == ' ');

    private static JsonElement Code(int code, bool asText) =>
        asText ? Scalars.Of(code.ToString(CultureInfo.InvariantCulture)) : Scalars.Of((decimal)code);

    private static string Describe(string name, List<string> meanings, int first, Dice dice)
    {
        string form = dice.OneOf("{0} for {1}", "{0} for {1}", "{0} = {1}", "{0}: {1}", "{0} ({1})", "{0} represents {1}");
        string codes = string.Join(", ", meanings.Select((meaning, i) => string.Format(CultureInfo.InvariantCulture, form, first + i, meaning)));
        string subject = name.Replace('_', ' ');
        return dice.OneOf(
            $"ID of the {subject}. For example, {codes}.", $"The unique identifier of the {subject}, such as {codes}.", $"Code of the {subject}: {codes}.",
            $"{subject} ({codes})");
    }
}
