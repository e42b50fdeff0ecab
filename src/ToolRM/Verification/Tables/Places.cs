using System.Collections.Frozen;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Tables;

/// <summary>Where cities are; see <c>cities.txt</c>. Thread-safe.</summary>
internal static class Places
{
    private const int MaxLength = 60;
    private static readonly FrozenDictionary<string, FrozenSet<string>> _regions = Read();
    private static readonly FrozenSet<string> _states =
        TableFile.Read("states.txt").SelectMany(line => line.Split('|')).Select(Key).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Whether a city lies in a state, province or country, given by name or code; <see langword="null"/> if the city is not known.
    /// Case, accents and punctuation do not matter.
    /// </summary>
    public static bool? Lies(string city, string region) => Regions(city)?.Contains(Key(region));

    /// <summary>Whether a city is known to lie in a region, and that is no state of the US.</summary>
    public static bool LiesAbroad(string city, string region)
    {
        string key = Key(region);
        return Regions(city) is { } regions && regions.Contains(key) && !(regions.Contains("us") && _states.Contains(key));
    }

    /// <summary>Whether the city is known.</summary>
    public static bool IsKnown(string city) => Regions(city) is not null;

    private static FrozenSet<string>? Regions(string city) => city.Length <= MaxLength ? _regions.GetValueOrDefault(Key(city)) : null;

    /// <summary>The letters and digits alone: st louis, St. Louis and StLouis are one.</summary>
    private static string Key(string name) => string.Concat(Words.Scan(name.Length <= MaxLength ? name : "").Select(word => word.Text));

    private static FrozenDictionary<string, FrozenSet<string>> Read()
    {
        var regions = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (string[] cells in TableFile.Read("cities.txt").Select(line => line.Split('\t')))
        {
            string[] names = States.Name(cells[0]) is { } state
                ? [cells[0], state, "us", "usa", "united states", "united states of america"]
                : cells[0].Split('|');
            foreach (string city in cells[1].Split(", "))
            {
                string key = Key(city);
                if (!regions.TryGetValue(key, out HashSet<string>? known))
                {
                    regions.Add(key, known = new HashSet<string>(StringComparer.Ordinal));
                }

                known.UnionWith(names.Select(Key));
            }
        }

        return regions.ToFrozenDictionary(
            entry => entry.Key, entry => entry.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
