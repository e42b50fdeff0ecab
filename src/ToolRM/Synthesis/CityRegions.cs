using System.Collections.Frozen;
using ToolRM.Verification.Tables;

namespace ToolRM.Synthesis;

/// <summary>Where a city lies, as one writes it after the comma.</summary>
/// <param name="Code">The abbreviation of the state, or the code of the country: <c>CA</c>, <c>FR</c>.</param>
/// <param name="Name">The name of the state or country: <c>California</c>, <c>France</c>.</param>
/// <param name="IsState">Whether it is a state of the US.</param>
internal sealed record CityRegion(string Code, string Name, bool IsState);

/// <summary>The regions of well-known cities that lie in one region only; see <c>Tables/cities.txt</c>. Thread-safe.</summary>
internal static class CityRegions
{
    private static readonly FrozenDictionary<string, CityRegion> _regions = Read();

    /// <summary>All regions.</summary>
    public static IReadOnlyList<CityRegion> All { get; } =
        [.. _regions.Values.DistinctBy(region => region.Name).OrderBy(region => region.Name, StringComparer.Ordinal)];

    /// <summary>Where a city lies; <see langword="null"/> if it is not known or there are several of its name.</summary>
    public static CityRegion? Find(string city) => _regions.GetValueOrDefault(city.ToLowerInvariant());

    private static FrozenDictionary<string, CityRegion> Read()
    {
        var regions = new Dictionary<string, CityRegion?>(StringComparer.Ordinal);
        foreach (string[] cells in TableFile.Read("cities.txt").Select(line => line.Split('\t')))
        {
            string[] names = cells[0].Split('|');
            string? state = States.Name(names[0]);
            string? name = names.Length == 1 ? state : names.FirstOrDefault(other => other.Length > 3);
            CityRegion? region = names[0].Length == 2 && name is not null
                ? new CityRegion(names[0].ToUpperInvariant(), Descriptions.CapitaliseWords(name), names.Length == 1)
                : null;
            foreach (string city in cells[1].Split(", "))
            {
                regions[city] = regions.TryGetValue(city, out CityRegion? other) && other != region ? null : region;
            }
        }

        return regions.Where(entry => entry.Value is not null)
            .ToFrozenDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.Ordinal);
    }
}
