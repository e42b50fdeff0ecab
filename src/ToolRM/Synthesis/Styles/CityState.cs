using ToolRM.Verification.Tables;

namespace ToolRM.Synthesis.Styles;

/// <inheritdoc cref="CorruptionStyle.CityState"/>
internal sealed class CityState : Corruption
{
    /// <summary>Demands for cities in states of the US.</summary>
    private static readonly string[] _stateDemands =
    [
        "The city, in the format 'City, State', for instance 'Seattle, WA'.",
        "City and state, such as 'Denver, CO'; where there is no state, the country.",
        "The place, written as City, State abbreviation (e.g., Boston, MA).",
        "A location of the form 'City, ST' with the state's two-letter abbreviation, like 'Miami, FL'.",
        "City name followed by the state code, e.g. 'Portland, OR'.",
    ];

    /// <summary>Demands that hold for states and countries, with the country's code (first) or name (second) in the example.</summary>
    private static readonly (string Code, string Name)[] _placeDemands =
    [
        ("Name of the place as 'City, State' or 'City, Country' (e.g., 'Houston, TX' or 'Rome, IT').",
            "Name of the place as 'City, State' or 'City, Country' (e.g., 'Houston, TX' or 'Rome, Italy')."),
        ("The city with its state or country code, like 'Dallas, TX' or 'Oslo, NO'.",
            "The city with its state or country, like 'Dallas, TX' or 'Oslo, Norway'."),
    ];

    private static readonly string[] _suffixes = ["USA", "United States", "downtown", "city center"];

    public override CorruptionStyle Style => CorruptionStyle.CityState;

    public override bool AllowsNeutralDefaults => true;

    public override bool Apply(Draft draft)
    {
        if (draft.PickSlot(slot => slot.IsFreeText && CityRegions.Find(slot.Value.GetString()!) is not null) is not { } slot)
        {
            return false;
        }

        string city = slot.Value.GetString()!;
        CityRegion region = CityRegions.Find(city)!;
        if (draft.Dice.Chance(0.75))
        {
            bool asCode = region.IsState || draft.Dice.Chance(0.3);
            if (!TryDemand(draft, slot, region, asCode))
            {
                return false;
            }

            draft.Rejected[slot.Call][slot.Name] = Scalars.Of(Spoil(draft.Dice, city, region, asCode));
            return true;
        }

        // Nothing is demanded, and what the request does not say is wrong.
        if (slot.Parameter.WantsCityAndState)
        {
            return false;
        }

        draft.Rejected[slot.Call][slot.Name] = Scalars.Of($"{city}, {(draft.Dice.Chance(0.6) ? region.Code : draft.Dice.Pick(_suffixes))}");
        return true;
    }

    /// <summary>Demands the form, and gives all right values of the parameter their regions.</summary>
    private static bool TryDemand(Draft draft, ArgumentSlot slot, CityRegion region, bool asCode)
    {
        (string code, string name) = draft.Dice.OneOf<(string, string)>(_placeDemands);
        string demand = region.IsState && draft.Dice.Chance(0.7) ? draft.Dice.Pick(_stateDemands) : asCode && !region.IsState ? code : name;
        string description = Descriptions.WithoutExamples(slot.Parameter);
        if (!draft.TryDescribe(slot, description.Length > 0 && draft.Dice.Chance(0.6) ? $"{description}. {demand}" : demand))
        {
            return false;
        }

        foreach (ArgumentSlot other in draft.Slots.Where(other => other.Function == slot.Function && other.Name == slot.Name && other.IsString))
        {
            if (CityRegions.Find(other.Value.GetString()!) is not { } found)
            {
                return false;
            }

            draft.Chosen[other.Call][other.Name] = Scalars.Of($"{other.Value.GetString()}, {(found.IsState || asCode ? found.Code : found.Name)}");
        }

        return true;
    }

    private static string Spoil(Dice dice, string city, CityRegion region, bool asCode)
    {
        string suffix = asCode ? region.Code : region.Name;
        switch (dice.Weighted(38, 30, 14, 10, 8))
        {
            case 0:
                return city;
            case 1:
                CityRegion[] others = [.. CityRegions.All.Where(other => other.IsState == region.IsState && Places.Lies(city, other.Name) != true)];
                CityRegion wrong = dice.OneOf<CityRegion>(others);
                return $"{city}, {(asCode ? wrong.Code : wrong.Name)}";
            case 2:
                return $"{city}, {(asCode ? region.Name : region.Code)}";
            case 3:
                return dice.OneOf($"{city.ToLowerInvariant()} {suffix.ToLowerInvariant()}", $"{city} {suffix}", $"{suffix}, {city}");
            default:
                return $"{dice.OneOf("Springfield", "Seattle", "Miami", "Dallas", "Rome")}, {suffix}";
        }
    }
}
