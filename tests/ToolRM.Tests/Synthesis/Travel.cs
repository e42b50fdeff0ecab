using ToolRM.Data;
using ToolRM.Synthesis;

namespace ToolRM.Tests.Synthesis;

/// <summary>A small made-up catalog with right calls.</summary>
internal static class Travel
{
    public static Tool FindHotel { get; } = Tool.Create("find_hotel", "Find a hotel in a city", """
        {
          "type": "object",
          "properties": {
            "city": {"type": "string", "description": "City of the hotel"},
            "check_in": {"type": "string", "description": "First day of the stay"},
            "guests": {"type": "integer", "description": "Number of guests"},
            "stars": {"type": "integer", "description": "Stars of the hotel"},
            "breakfast": {"type": "boolean", "description": "Whether breakfast is included"},
            "board": {"type": "string", "description": "Meals", "enum": ["none", "half", "full"]},
            "currency": {"type": "string", "description": "Currency of prices (e.g., USD, EUR)", "default": "USD"},
            "street": {"type": "string", "description": "Street of the hotel"}
          },
          "required": ["city"]
        }
        """);

    public static Tool FindTrain { get; } = Tool.Create("find_train", "Find a train between cities", """
        {
          "type": "object",
          "properties": {
            "city": {"type": "string", "description": "City of departure"},
            "destination": {"type": "string", "description": "City of arrival"},
            "check_in": {"type": "string", "description": "Day of travel"}
          },
          "required": ["city", "destination"]
        }
        """);

    public static Tool PlanRoute { get; } = Tool.Create("maps_planRoute", "Plan a route", """
        {
          "type": "object",
          "properties": {
            "distance": {"type": "number", "description": "Length of the route"},
            "slope": {"type": "number", "description": "Steepest slope of the route"},
            "stops": {"type": "array", "items": {"type": "string"}, "description": "Stops on the way"},
            "options": {"type": "object", "properties": {"scenic": {"type": "boolean"}}, "description": "Options"}
          },
          "required": []
        }
        """);

    public static IReadOnlyList<GoldExample> Golds { get; } =
    [
        Gold(
            "hotel",
            "Today is 2026-05-01. I was in Boston. Find me a hotel in Seattle from May 17 for 3 guests with breakfast and half board, 4 stars.",
            ("find_hotel", """{"city":"Seattle","check_in":"2026-05-17","guests":3,"breakfast":true,"board":"half","stars":4}""")),
        Gold(
            "boston",
            "A hotel in Boston, for 2, at Union Street please.",
            ("find_hotel", """{"city":"Boston","guests":2,"street":"Union Street"}""")),
        Gold("chicago", "Any hotel in Chicago for 5.", ("find_hotel", """{"city":"Chicago","guests":5}""")),
        Gold("denver", "Hotels in Denver for 7", ("find_hotel", """{"city":"Denver","guests":7}""")),
        Gold(
            "trains",
            "Trains from Miami to Atlanta and from Miami to Houston, on 2026-07-03.",
            ("find_train", """{"city":"Miami","destination":"Atlanta","check_in":"2026-07-03"}"""),
            ("find_train", """{"city":"Miami","destination":"Houston","check_in":"2026-07-03"}""")),
        Gold("route", "Plan a route over Yard Hill and Mill End. The length is 12 and the slope is 6.", ("maps_planRoute", """
            {"distance":12,"slope":6,"stops":["Yard Hill","Mill End"],"options":{"scenic":true}}
            """)),
        new(
            "weather",
            ToolPrompt.FromUser("How warm is it tomorrow?", Tool.Create("weather", "The weather", """
                {"type":"object","properties":{"day":{"type":"string","description":"The day"}},"required":["day"]}
                """)),
            Candidate.FromCalls(ToolCall.Parse("weather", """{"day":"tomorrow"}""")),
            null),
    ];

    public static CorruptionGenerator Generator { get; } = new(Golds);

    public static GoldExample Gold(string id, string request, params (string Name, string Arguments)[] calls) => new(
        id,
        ToolPrompt.FromUser(request, FindHotel, FindTrain, PlanRoute),
        Candidate.FromCalls([.. calls.Select(call => ToolCall.Parse(call.Name, call.Arguments))]),
        "travel");

    /// <summary>The pairs of a style that the seeds 0, 1, … give with the examples; all if none is named.</summary>
    public static IReadOnlyList<PreferencePair> Pairs(CorruptionStyle style, int seeds = 60, params GoldExample[] golds) =>
    [
        .. from gold in golds.Length > 0 ? golds : Golds
           from seed in Enumerable.Range(0, seeds)
           select Generator.Corrupt(gold, style, (ulong)seed) into pair
           where pair is not null
           select pair,
    ];
}
