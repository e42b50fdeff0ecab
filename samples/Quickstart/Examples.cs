using ToolRM;
using static Quickstart.LabelledCandidate;

namespace Quickstart;

/// <summary>The four requests of this sample.</summary>
internal static class Examples
{
    public static IReadOnlyList<Example> All { get; } = [OneTool(), ManyTools(), ParallelCalls(), NoToolFits()];

    private static Example OneTool()
    {
        Tool reserve = Tool.Create("reserve_table", "Reserves a table at a restaurant.", """
            {
              "type": "object",
              "properties": {
                "restaurant": {"type": "string", "description": "Name of the restaurant."},
                "date": {"type": "string", "description": "Day of the visit, YYYY-MM-DD."},
                "time": {"type": "string", "description": "Time of arrival, HH:MM on a 24-hour clock."},
                "guests": {"type": "integer", "description": "Number of people."},
                "wishes": {"type": "string", "description": "Special wishes of the guests."}
              },
              "required": ["restaurant", "date", "time", "guests"]
            }
            """);
        return new Example(
            "One tool",
            ToolPrompt.FromUser("Please book a table for four at Osteria Lume on 14 June 2026, half past seven in the evening.", reserve),
            [
                Wrong("wrong value: morning", ToolCall.Parse("reserve_table",
                    """{"restaurant": "Osteria Lume", "date": "2026-06-14", "time": "07:30", "guests": 4}""")),
                Right(ToolCall.Parse("reserve_table",
                    """{"restaurant": "Osteria Lume", "date": "2026-06-14", "time": "19:30", "guests": 4}""")),
                Wrong("required guests missing", ToolCall.Parse("reserve_table",
                    """{"restaurant": "Osteria Lume", "date": "2026-06-14", "time": "19:30"}""")),
                Wrong("invented optional value", ToolCall.Parse("reserve_table",
                    """{"restaurant": "Osteria Lume", "date": "2026-06-14", "time": "19:30", "guests": 4, "wishes": "vegan menu"}""")),
            ]);
    }

    private static Example ManyTools()
    {
        Tool convert = Tool.Create("convert_currency", "Converts an amount of money at today's rate.", """
            {
              "type": "object",
              "properties": {
                "amount": {"type": "number", "description": "The amount to convert."},
                "from": {"type": "string", "description": "Currency of the amount, ISO code."},
                "to": {"type": "string", "description": "Currency to convert to, ISO code."}
              },
              "required": ["amount", "from", "to"]
            }
            """);
        Tool history = Tool.Create("get_rate_history", "Past exchange rates of a currency pair.", """
            {
              "type": "object",
              "properties": {
                "base": {"type": "string", "description": "Base currency, ISO code."},
                "quote": {"type": "string", "description": "Quoted currency, ISO code."},
                "days": {"type": "integer", "description": "How many days back."}
              },
              "required": ["base", "quote", "days"]
            }
            """);
        Tool transfer = Tool.Create("send_money", "Transfers money to a contact.", """
            {
              "type": "object",
              "properties": {
                "recipient": {"type": "string", "description": "Name of the contact."},
                "amount": {"type": "number", "description": "The amount to send."},
                "currency": {"type": "string", "description": "Currency, ISO code."}
              },
              "required": ["recipient", "amount", "currency"]
            }
            """);
        return new Example(
            "Many tools to choose from",
            ToolPrompt.FromUser("I have 250 Canadian dollars left. How many yen would I get for them today?", history, convert, transfer),
            [
                Wrong("wrong function", ToolCall.Parse("get_rate_history", """{"base": "CAD", "quote": "JPY", "days": 1}""")),
                Wrong("currencies swapped", ToolCall.Parse("convert_currency",
                    """{"amount": 250, "from": "JPY", "to": "CAD"}""")),
                Wrong("required amount missing", ToolCall.Parse("convert_currency", """{"from": "CAD", "to": "JPY"}""")),
                Right(ToolCall.Parse("convert_currency", """{"amount": 250, "from": "CAD", "to": "JPY"}""")),
            ]);
    }

    private static Example ParallelCalls()
    {
        Tool forecast = Tool.Create("get_forecast", "Weather forecast of a city for one day.", """
            {
              "type": "object",
              "properties": {
                "city": {"type": "string", "description": "Name of the city."},
                "day": {"type": "string", "enum": ["today", "tomorrow", "saturday", "sunday"], "description": "The day."},
                "unit": {"type": "string", "enum": ["celsius", "fahrenheit"], "description": "Unit of temperature, default celsius."}
              },
              "required": ["city", "day"]
            }
            """);
        Tool sunrise = Tool.Create("get_sunrise", "Time of sunrise in a city.", """
            {
              "type": "object",
              "properties": {"city": {"type": "string", "description": "Name of the city."}},
              "required": ["city"]
            }
            """);
        ToolCall lisbon = ToolCall.Parse("get_forecast", """{"city": "Lisbon", "day": "saturday"}""");
        ToolCall bergen = ToolCall.Parse("get_forecast", """{"city": "Bergen", "day": "saturday"}""");
        return new Example(
            "Parallel calls",
            ToolPrompt.FromUser("What will the weather be like on Saturday in Lisbon and in Bergen?", forecast, sunrise),
            [
                Wrong("second city forgotten", lisbon),
                Wrong("wrong day in one call", lisbon, ToolCall.Parse("get_forecast", """{"city": "Bergen", "day": "sunday"}""")),
                Right(lisbon, bergen),
                Wrong("one city twice", lisbon, lisbon),
            ]);
    }

    private static Example NoToolFits()
    {
        Tool play = Tool.Create("play_song", "Plays a song on the living-room speaker.", """
            {
              "type": "object",
              "properties": {
                "title": {"type": "string", "description": "Title of the song."},
                "artist": {"type": "string", "description": "Artist, to tell songs of one title apart."}
              },
              "required": ["title"]
            }
            """);
        Tool alarm = Tool.Create("set_alarm", "Sets an alarm for a time of the day.", """
            {
              "type": "object",
              "properties": {
                "time": {"type": "string", "description": "Time of the alarm, HH:MM on a 24-hour clock."},
                "label": {"type": "string", "description": "What the alarm is for."}
              },
              "required": ["time"]
            }
            """);
        return new Example(
            "No tool fits",
            ToolPrompt.FromUser("Which of the moons of Jupiter has the thickest crust of ice?", play, alarm),
            [
                Wrong("call where none fits", ToolCall.Parse("play_song",
                    """{"title": "Jupiter", "artist": "Gustav Holst"}""")),
                RightWithoutCall(),
                Wrong("no such function", ToolCall.Parse("search_web",
                    """{"query": "moon of Jupiter thickest ice crust"}""")),
            ]);
    }
}
