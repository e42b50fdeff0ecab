using System.Globalization;

namespace ToolRM.Benchmarks.Measurement;

/// <summary>A request as agents make it: a conversation of about 500 tokens, and candidates of about 55 that call one small tool.</summary>
internal static class LongConversation
{
    private const int Turns = 3;

    private static readonly Tool _forecast = Tool.Create("get_forecast", "Weather forecast of a city.", """
        {"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"},"unit":{"type":"string","enum":["celsius","fahrenheit"]}},
         "required":["city"]}
        """);

    /// <summary>The request; each candidate is different.</summary>
    public static RewardRequest Create(int candidates)
    {
        List<ChatMessage> messages = [ChatMessage.System("You are a travel assistant. Today is Monday, June 1, 2026.")];
        for (int turn = 1; turn <= Turns; turn++)
        {
            messages.Add(ChatMessage.User(string.Create(
                CultureInfo.InvariantCulture,
                $"On day {turn} of our journey we would like to walk along the river in the morning, have lunch near the old market, and see a museum if it rains. What do you suggest for {turn + 1} people who do not like to hurry?")));
            messages.Add(ChatMessage.Assistant(string.Create(
                CultureInfo.InvariantCulture,
                $"Take the tram to the bridge at {8 + turn} o'clock and walk back slowly. The fish market has a good kitchen, and the museum of glass next to it is open until six. Tickets cost {10 + turn} euros for each of you.")));
        }

        messages.Add(ChatMessage.User("Thank you. What will the weather in Lisbon be like on these days, in degrees Celsius?"));
        return new RewardRequest(
            new ToolPrompt(messages, [_forecast]),
            [.. Enumerable.Range(0, candidates).Select(i => Candidate.FromCalls(Call(i)))]);
    }

    private static ToolCall Call(int candidate) => ToolCall.Parse(
        "get_forecast",
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"city":"{{(candidate % 4 == 3 ? "Porto" : "Lisbon")}}","days":{{1 + (candidate / 2)}},"unit":"{{(candidate % 2 == 0 ? "celsius" : "fahrenheit")}}"}"""));
}
