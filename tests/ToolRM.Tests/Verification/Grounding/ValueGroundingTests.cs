using System.Text.Json;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Grounding;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Text;

namespace ToolRM.Tests.Verification.Grounding;

public class ValueGroundingTests
{
    [Theory]
    [InlineData("in Rome", "", GroundingClass.Empty)]
    [InlineData("in Rome", "unknown", GroundingClass.Placeholder)]
    [InlineData("in Rome", "<city>", GroundingClass.Placeholder)]
    [InlineData("in Rome", "YOUR_API_KEY", GroundingClass.Placeholder)]
    [InlineData("the origin is unknown", "unknown", GroundingClass.Exact)]
    [InlineData("fly to New York now", "New York", GroundingClass.Exact)]
    [InlineData("fly to new york now", "New York", GroundingClass.OtherCase)]
    [InlineData("fly to New Yorkshire", "New York", GroundingClass.HalfWords)]
    [InlineData("pay 5.30 there", "5", GroundingClass.OtherNumber)]
    [InlineData("fly to New-York", "New York", GroundingClass.Words)]
    [InlineData("visit Sao Paulo", "São Paulo", GroundingClass.Words)]
    [InlineData("cheap movies for two", "2 movie", GroundingClass.Words)]
    [InlineData("a run of 5 kilometers", "5 km", GroundingClass.Words)]
    [InlineData("a run of 5 kilometers", "5km", GroundingClass.Words)]
    [InlineData("a run of 5 kilometers", "6 km", GroundingClass.HalfWords)]
    [InlineData("hotels in San Jose, California", "San Jose, CA", GroundingClass.Words)]
    [InlineData("hotels in San Jose, CA", "San Jose, California", GroundingClass.Words)]
    [InlineData("hotels in San Jose", "San Jose, CA", GroundingClass.AddedSuffix)]
    [InlineData("hotels in LA", "Los Angeles, CA", GroundingClass.AddedSuffix)]
    [InlineData("hotels in New York", "New York, NY", GroundingClass.AddedSuffix)]
    [InlineData("hotels in Portland or so", "Portland, OR", GroundingClass.AddedSuffix)]
    [InlineData("hotels in Portland, Oregon", "Portland, OR", GroundingClass.Words)]
    [InlineData("hotels in Portland (OR)", "Portland, OR", GroundingClass.Words)]
    [InlineData("I can go to Sacramento", "Sacramento, CA", GroundingClass.AddedSuffix)]
    [InlineData("a hotel in Portland. Please", "Portland Please", GroundingClass.HalfWords)]
    [InlineData("a hotel in St. Louis", "St Louis", GroundingClass.Words)]
    [InlineData("over a 15-minute frame", "15m", GroundingClass.Words)]
    [InlineData("fly from Berlin", "BER", GroundingClass.Alias)]
    [InlineData("tell us more", "US", GroundingClass.None)]
    [InlineData("in the United States", "US", GroundingClass.Alias)]
    [InlineData("in the United States or me", "ME", GroundingClass.None)]
    [InlineData("200 euros", "EUR", GroundingClass.Alias)]
    [InlineData("give €200", "EUR", GroundingClass.Alias)]
    [InlineData("the price of Apple", "AAPL", GroundingClass.Alias)]
    [InlineData("the price of Apple", "MSFT", GroundingClass.None)]
    [InlineData("say it in french", "fr", GroundingClass.Alias)]
    [InlineData("watch the National Football League", "NFL", GroundingClass.HalfWords)]
    [InlineData("watch the NFL", "National Football League", GroundingClass.HalfWords)]
    [InlineData("a big red house", "red brick", GroundingClass.HalfWords)]
    [InlineData("a big red house", "red brick tower garage", GroundingClass.SomeWords)]
    [InlineData("a big red house", "tower", GroundingClass.None)]
    [InlineData("a big red house", "!!", GroundingClass.None)]
    [InlineData("東京の天気", "東京", GroundingClass.Exact)]
    [InlineData("for twenty five people", "25", GroundingClass.Number)]
    [InlineData("for 5k", "5,000", GroundingClass.Number)]
    [InlineData("for twenty five people", "26", GroundingClass.OtherNumber)]
    [InlineData("at 1,200", "$1200", GroundingClass.Number)]
    internal void Texts_are_traced(string said, string value, GroundingClass expected) =>
        Ground(said, Text(value)).Should().Equal(expected);

    [Theory]
    [InlineData("on May 17th", "2024-05-17", GroundingClass.Date)]
    [InlineData("on May 17th", "05/17/2024", GroundingClass.Date)]
    [InlineData("on May 17th", "17 May 2024", GroundingClass.Date)]
    [InlineData("on May 17th", "2024-05-18", GroundingClass.OtherDate)]
    [InlineData("on May 17th", "2024-17-05", GroundingClass.OtherDate)]
    [InlineData("on 2/30", "2023-02-30", GroundingClass.OtherDate)]
    [InlineData("on the 4th of March", "03/04/2024", GroundingClass.Date)]
    [InlineData("on the 4th of March", "04/03/2024", GroundingClass.Date)]
    [InlineData("see you tomorrow", "2024-05-18", GroundingClass.RelativeDate)]
    [InlineData("Today is 2024-05-17. See you tomorrow", "2024-05-18", GroundingClass.Date)]
    [InlineData("Today is 2024-05-17. See you tomorrow", "2024-05-20", GroundingClass.OtherDate)]
    [InlineData("Today is 2024-05-17. See you on the 3rd", "2024-06-03", GroundingClass.Date)]
    [InlineData("Today is 2024-05-17. See you on the 3rd", "2025-06-03", GroundingClass.OtherDate)]
    [InlineData("Today is 2024-05-17. See you tomorrow", "May 18", GroundingClass.Date)]
    [InlineData("May 17 at 7:30 pm", "2024-05-17T19:30:00Z", GroundingClass.Date)]
    [InlineData("May 17 at 7:30 pm", "2024-05-17T19:30:00+02:00", GroundingClass.Date)]
    [InlineData("May 17 at 7:30 pm", "2024-05-17 20:30", GroundingClass.OtherTime)]
    [InlineData("May 17 at 7:30 pm", "2024-05-17T00:00:00", GroundingClass.Date)]
    [InlineData("3 nights from June 1", "2024-06-04", GroundingClass.Date)]
    [InlineData("3 nights from June 1", "2024-06-05", GroundingClass.OtherDate)]
    [InlineData("at half past seven", "19:30", GroundingClass.Time)]
    [InlineData("at half past seven", "07:30 PM", GroundingClass.Time)]
    [InlineData("at half past seven", "18:30", GroundingClass.OtherTime)]
    internal void Dates_and_times_are_traced(string said, string value, GroundingClass expected) =>
        Ground(said, Text(value)).Should().Equal(expected);

    [Theory]
    [InlineData("mm/dd/yyyy", GroundingClass.Date)]
    [InlineData("dd/mm/yyyy", GroundingClass.OtherDate)]
    internal void A_description_settles_the_order_of_day_and_month(string description, GroundingClass expected) =>
        Ground("on March 4", Text("03/04/2024"), Parameter("date", description)).Should().Equal(expected);

    [Theory]
    [InlineData("3 people", "3", GroundingClass.Number)]
    [InlineData("3 people", "3.0", GroundingClass.Number)]
    [InlineData("3 people", "4", GroundingClass.OtherNumber)]
    [InlineData("3 people", "1e999", GroundingClass.OtherNumber)]
    [InlineData("at 7%", "0.07", GroundingClass.Number)]
    [InlineData("a rate of 0.07", "7", GroundingClass.ConvertedNumber)]
    [InlineData("two hours", "120", GroundingClass.ConvertedNumber)]
    [InlineData("two hours", "7200", GroundingClass.ConvertedNumber)]
    [InlineData("two apples", "7200", GroundingClass.OtherNumber)]
    [InlineData("two weeks", "14", GroundingClass.ConvertedNumber)]
    [InlineData("two", "0", GroundingClass.OtherNumber)]
    [InlineData("from August 15 to August 17", "2", GroundingClass.ConvertedNumber)]
    [InlineData("from August 15 to August 17", "3", GroundingClass.OtherNumber)]
    [InlineData("a song from '18", "2018", GroundingClass.Number)]
    internal void Numbers_are_traced(string said, string value, GroundingClass expected) => Ground(said, value).Should().Equal(expected);

    [Theory]
    [InlineData("month", "5", GroundingClass.Number)]
    [InlineData("year", "2024", GroundingClass.Number)]
    [InlineData("day", "18", GroundingClass.Number)]
    [InlineData("hour", "19", GroundingClass.Number)]
    [InlineData("minute", "30", GroundingClass.Number)]
    [InlineData("guests", "19", GroundingClass.OtherNumber)]
    internal void Parts_of_dates_are_traced_for_parameters_of_that_name(string name, string value, GroundingClass expected) =>
        Ground("Today is May 17 2024. Tomorrow at half past seven pm", value, Parameter(name)).Should().Equal(expected);

    [Theory]
    [InlineData("a room with smoking", "true", GroundingClass.TrueMentioned)]
    [InlineData("a room with a view", "true", GroundingClass.TrueUnmentioned)]
    [InlineData("a room without smoking", "false", GroundingClass.FalseMentioned)]
    [InlineData("a room with smoking", "false", GroundingClass.FalseUnmentioned)]
    [InlineData("a room with smoking", "\"True\"", GroundingClass.TrueMentioned)]
    internal void Booleans_are_traced_by_the_name_of_their_parameter(string said, string value, GroundingClass expected) =>
        Ground(said, value, Parameter("is_smoking", types: JsonTypes.Boolean)).Should().Equal(expected);

    [Theory]
    [InlineData("fast and cheap", "fast_track", GroundingClass.EnumWord)]
    [InlineData("fast and cheap", "FastTrack", GroundingClass.EnumWord)]
    [InlineData("fast and cheap", "slow", GroundingClass.EnumOther)]
    [InlineData("fast and cheap", "any", GroundingClass.EnumOther)]
    [InlineData("fast and cheap", "cheap", GroundingClass.Exact)]
    internal void Allowed_values_are_traced(string said, string value, GroundingClass expected) =>
        Ground(said, Text(value), Parameter("speed", allowed: """["slow","fast_track","FastTrack","any","cheap"]"""))
            .Should().Equal(expected);

    [Theory]
    [InlineData("San Jose, CA", GroundingClass.DemandedSuffix)]
    [InlineData("metric", GroundingClass.Description)]
    [InlineData("dark", GroundingClass.Description)]
    [InlineData("wood", GroundingClass.None)]
    internal void A_description_gives_values_and_demands_suffixes(string value, GroundingClass expected)
    {
        ParameterFacts parameter = Parameter("place", "City, State. Such as metric.", wantsState: true, examples: ["Dark"]);

        Ground("in San Jose", Text(value), parameter).Should().Equal(expected);
    }

    [Fact]
    public void Lists_and_objects_have_leaves()
    {
        Ground("Rome and 3", """["Rome",3,null,["x"]]""")
            .Should().Equal(GroundingClass.Exact, GroundingClass.Number, GroundingClass.Placeholder, GroundingClass.None);
        Ground("Rome", """{"a":"Rome","b":[]}""").Should().Equal(GroundingClass.Exact, GroundingClass.Empty);
        Ground("Rome", "{}").Should().Equal(GroundingClass.Empty);
        Ground("Rome", """[[[[["Rome"]]]]]""").Should().Equal(GroundingClass.None);
    }

    [Fact]
    public void Long_lists_are_cut()
    {
        string twenty = "[" + string.Join(',', Enumerable.Repeat("1", 30)) + "]";

        Ground("1", twenty).Should().HaveCount(20);
        Ground("1", "[" + string.Join(',', Enumerable.Repeat(twenty, 30)) + "]").Should().HaveCount(100);
    }

    [Theory]
    [InlineData("is_pet_friendly", "pets are friendly", 1)]
    [InlineData("is_pet_friendly", "pets", 0.5)]
    [InlineData("is_available", "when available", 1)]
    [InlineData("is_available", "when", 0)]
    [InlineData("good_for_kids", "child-friendly", 0.5)]
    [InlineData("is_unisex", "for both men and women", 1)]
    [InlineData("free_entry", "not far", 0)]
    public void Names_of_parameters_are_looked_for(string name, string said, double share) =>
        ValueGrounding.NameCue(Parameter(name), Say(said)).Should().Be(share);

    private static string Text(string value) => JsonSerializer.Serialize(value);

    private static Conversation Say(string text) => Conversation.Read([ChatMessage.User(text)]);

    private static IEnumerable<GroundingClass> Ground(string said, string json, ParameterFacts? parameter = null)
    {
        using var value = JsonDocument.Parse(json);
        return [.. ValueGrounding.Ground(value.RootElement, parameter, Say(said)).Select(leaf => leaf.Grounding)];
    }

    private static ParameterFacts Parameter(
        string name, string description = "", JsonTypes types = JsonTypes.Any, string? allowed = null, bool wantsState = false,
        string[]? examples = null) => new()
    {
        Name = name,
        Description = description,
        DescriptionLower = description.ToLowerInvariant(),
        IsRequired = true,
        Schema = new JsonSchema { Types = types },
        Enum = allowed is null ? null : [.. JsonDocument.Parse(allowed).RootElement.EnumerateArray()],
        Default = default,
        DescribedDefault = null,
        Examples = examples ?? [],
        ExampleShapes = new HashSet<string>(),
        ExampleYears = new HashSet<int>(),
        WantsCityAndState = wantsState,
        WantedDateNotation = null,
        IsDate = false,
        IsPercentage = false,
        WantsDecimal = false,
        NameStems = [.. Words.ScanIdentifier(name).Where(word => !Words.IsStopWord(word.Text)).Select(word => word.Stem)],
        DescriptionStems = [],
        SlotCues = new HashSet<string>(),
    };
}
