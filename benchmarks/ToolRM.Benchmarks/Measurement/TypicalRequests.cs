using System.Globalization;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>Requests as agents make them: eight tools (about 600 tokens), a system message, a request, and several candidates.</summary>
internal static class TypicalRequests
{
    private static readonly string[] _cities = ["Lisbon", "Porto", "Madrid", "Seville", "Lyon", "Turin", "Ghent", "Graz"];

    private static readonly Tool[] _tools =
    [
        Trip("find_train", "Finds trains between two cities on a day."), Trip("book_train", "Books seats on a train between two cities."),
        Trip("find_bus", "Finds buses between two cities on a day."), Trip("book_bus", "Books seats on a bus between two cities."),
        Stay("find_hotel", "Finds hotels in a city."), Stay("book_hotel", "Books rooms in a hotel of a city."),
        Stay("find_apartment", "Finds apartments to rent in a city."), Stay("find_campsite", "Finds places to camp near a city."),
    ];

    /// <summary>The requests; each is different.</summary>
    public static RewardRequest[] Create(int count, int candidates) => [.. Enumerable.Range(0, count).Select(index => Request(index, candidates))];

    private static RewardRequest Request(int index, int candidates)
    {
        string from = _cities[index % _cities.Length], to = _cities[(index + 3) % _cities.Length];
        int day = 1 + (index % 28), seats = 2 + (index % 4);
        string request = string.Create(
            CultureInfo.InvariantCulture,
            $"Hello! We are {seats} people and would like to travel from {from} to {to} on June {day}, 2026, in the morning if possible. Please book it, with a window seat.");
        return new RewardRequest(
            new ToolPrompt([ChatMessage.System("You are a travel assistant. Today is Monday, June 1, 2026."), ChatMessage.User(request)], _tools),
            [.. Enumerable.Range(0, candidates).Select(candidate => Candidate.FromCalls(Call(candidate, from, to, day, seats)))]);
    }

    private static ToolCall Call(int candidate, string from, string to, int day, int seats) => ToolCall.Parse(
        candidate % 3 == 2 ? "find_train" : "book_train",
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"from":"{{from}}","to":"{{to}}","date":"2026-06-{{day + (candidate % 2):00}}","seats":{{seats + (candidate / 4)}},"class":"{{(candidate % 5 == 4 ? "first" : "second")}}"}"""));

    private static Tool Trip(string name, string description) => Tool.Create(name, description, """
        {"type":"object","properties":{
          "from":{"type":"string","description":"City where the journey begins."},
          "to":{"type":"string","description":"City where the journey ends."},
          "date":{"type":"string","description":"Day of the journey, in the format YYYY-MM-DD."},
          "seats":{"type":"integer","description":"Number of seats."},
          "class":{"type":"string","description":"Class of the seats.","enum":["first","second"],"default":"second"}},
         "required":["from","to","date","seats"]}
        """);

    private static Tool Stay(string name, string description) => Tool.Create(name, description, """
        {"type":"object","properties":{
          "city":{"type":"string","description":"Name of the city."},
          "check_in":{"type":"string","description":"First day, in the format YYYY-MM-DD."},
          "check_out":{"type":"string","description":"Day of departure, in the format YYYY-MM-DD."},
          "guests":{"type":"integer","description":"Number of guests."},
          "max_price":{"type":"number","description":"Highest price for a night, in euros."}},
         "required":["city","check_in","check_out"]}
        """);
}
