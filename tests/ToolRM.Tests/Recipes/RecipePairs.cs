using ToolRM.Data;

namespace ToolRM.Tests.Recipes;

/// <summary>Sixty made-up pairs: fifteen requests for each of four tools.</summary>
internal static class RecipePairs
{
    private static readonly string[] _cities =
    [
        "Oslo", "Lima", "Cairo", "Quito", "Hanoi", "Accra", "Sofia", "Tunis", "Perth", "Dublin", "Prague",
        "Havana", "Bogota", "Manila", "Nairobi",
    ];

    private static readonly string[] _genres =
    [
        "jazz", "blues", "rock", "folk", "soul", "salsa", "disco", "opera", "swing", "tango",
        "techno", "gospel", "samba", "metal", "reggae",
    ];

    public static Tool[] Tools { get; } =
    [
        Tool.Create("get_weather", "Get the weather forecast of a city", """
            {"type":"object","properties":{"city":{"type":"string","description":"Name of the city"},
            "days":{"type":"integer","description":"Number of days"},
            "unit":{"type":"string","enum":["celsius","fahrenheit"]}},"required":["city","days"]}
            """),
        Tool.Create("book_table", "Book a table in a restaurant", """
            {"type":"object","properties":{"town":{"type":"string","description":"Town of the restaurant"},
            "people":{"type":"integer","description":"Number of guests"},
            "outside":{"type":"boolean","default":false}},"required":["town","people"]}
            """),
        Tool.Create("play_song", "Play music of a genre", """
            {"type":"object","properties":{"genre":{"type":"string","description":"Genre of the music"},
            "year":{"type":"integer","description":"Year of release"}},"required":["genre"]}
            """),
        Tool.Create("convert_money", "Convert an amount into another currency", """
            {"type":"object","properties":{"amount":{"type":"number","description":"Amount to convert"},
            "source":{"type":"string","description":"Currency code, e.g. USD"},"target":{"type":"string","description":"Currency code"}},
            "required":["amount","source","target"]}
            """),
    ];

    public static PreferencePair[] All { get; } =
    [
        .. Enumerable.Range(0, 15).SelectMany(i => (PreferencePair[])
        [
            Pair(
                $"w{i}",
                $"What will the weather be in {_cities[i]} for the next {i + 2} days?",
                ("get_weather", $$"""{"city":"{{_cities[i]}}","days":{{i + 2}}}"""),
                i % 2 == 0
                    ? ("get_weather", $$"""{"city":"{{_cities[(i + 1) % 15]}}","days":{{i + 2}}}""")
                    : ("get_weather", $$"""{"city":"{{_cities[i]}}","days":"{{i + 2}}"}"""),
                i % 2 == 0 ? "value" : "type"),
            Pair(
                $"b{i}",
                $"Book a table for {i + 2} people in {_cities[i]} please.",
                ("book_table", $$"""{"town":"{{_cities[i]}}","people":{{i + 2}}}"""),
                i % 2 == 0
                    ? ("book_table", $$"""{"town":"{{_cities[i]}}"}""")
                    : ("get_weather", $$"""{"city":"{{_cities[i]}}","days":{{i + 2}}}"""),
                i % 2 == 0 ? "missing" : "name"),
            Pair(
                $"p{i}",
                $"Play some {_genres[i]} from {1970 + i}",
                ("play_song", $$"""{"genre":"{{_genres[i]}}","year":{{1970 + i}}}"""),
                ("play_song", $$"""{"genre":"{{_genres[(i + 4) % 15]}}","year":{{1970 + i}}}"""),
                "value"),
            Pair(
                $"c{i}",
                $"How many dollars are {10 + i} euros?",
                ("convert_money", $$"""{"amount":{{10 + i}},"source":"EUR","target":"USD"}"""),
                ("convert_money", $$"""{"amount":{{10 + i}},"source":"USD","target":"EUR"}"""),
                null),
        ]),
    ];

    private static PreferencePair Pair(
        string id, string request, (string Name, string Arguments) right, (string Name, string Arguments) wrong, string? error) =>
        new(id, ToolPrompt.FromUser(request, Tools), Call(right), Call(wrong)) { ErrorType = error };

    private static Candidate Call((string Name, string Arguments) call) => Candidate.FromCalls(ToolCall.Parse(call.Name, call.Arguments));
}
