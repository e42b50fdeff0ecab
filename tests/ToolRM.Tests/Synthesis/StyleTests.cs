using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ToolRM.Data;
using ToolRM.Synthesis;

namespace ToolRM.Tests.Synthesis;

/// <summary>Every style does what it says, whatever the dice.</summary>
public sealed class StyleTests
{
    public static TheoryData<CorruptionStyle> Styles => [.. Enum.GetValues<CorruptionStyle>()];

    [Theory]
    [MemberData(nameof(Styles))]
    public void Each_style_makes_valid_right_sides_and_other_wrong_ones(CorruptionStyle style)
    {
        IReadOnlyList<PreferencePair> pairs = Travel.Pairs(style);

        pairs.Should().HaveCountGreaterThan(10);
        foreach (PreferencePair pair in pairs)
        {
            ToolCallValidator.Validate(pair.Chosen.Calls, pair.Prompt.Tools).Should().BeEmpty();
            ToolCallComparison comparison = ToolCallComparer.Compare(pair.Chosen, pair.Rejected, pair.Prompt.Tools);
            comparison.IsEqual.Should().BeFalse();
            pair.Source.Should().Be(style.ToString());
            Enum.GetValues<ToolCallErrorType>().Select(type => type.Label()).Should().Contain(pair.ErrorType!);
        }
    }

    [Theory]
    [InlineData(CorruptionStyle.InventedOptional, "Parameter value error")]
    [InlineData(CorruptionStyle.OtherValue, "Parameter value error")]
    [InlineData(CorruptionStyle.OtherEnumValue, "Parameter value error")]
    [InlineData(CorruptionStyle.OtherType, "Parameter value type error|Unexpected parameter|Missing optional parameter")]
    [InlineData(CorruptionStyle.SiblingFunction, "Incorrect function name")]
    [InlineData(CorruptionStyle.OppositeFunction, "Incorrect function name")]
    [InlineData(CorruptionStyle.BrokenName, "Incorrect function name")]
    [InlineData(CorruptionStyle.ExtraCall, "Incorrect number of function calls")]
    [InlineData(CorruptionStyle.CallCount, "Incorrect number of function calls")]
    [InlineData(CorruptionStyle.WrappedArguments, "Unexpected parameter|Missing required parameter")]
    [InlineData(CorruptionStyle.OmittedOptional, "Missing optional parameter")]
    [InlineData(CorruptionStyle.NoCall, "Incorrect number of function calls")]
    public void Labels_are_those_of_the_benchmark(CorruptionStyle style, string labels) =>
        Travel.Pairs(style).Select(pair => pair.ErrorType).Distinct().Should().BeSubsetOf(labels.Split('|'));

    [Fact]
    public void City_and_state_are_demanded_and_given_or_neither()
    {
        IReadOnlyList<PreferencePair> pairs = Travel.Pairs(CorruptionStyle.CityState);

        foreach (PreferencePair pair in pairs)
        {
            string description = Properties(pair).GetProperty("city").GetProperty("description").GetString()!;
            string right = Text(pair.Chosen, "city"), wrong = Text(pair.Rejected, "city");
            if (description.Length > "City of departure".Length)
            {
                right.Should().MatchRegex("^[A-Z][a-z]+, [A-Z]{2}$");
                wrong.Should().NotBe(right);
            }
            else
            {
                right.Should().NotContain(",");
                wrong.Should().StartWith(right + ", ");
            }
        }

        pairs.Select(pair => Text(pair.Chosen, "city")).Should().Contain("Seattle, WA").And.Contain("Seattle").And.Contain("Miami, FL");
        pairs.Select(pair => Text(pair.Rejected, "city")).Should().Contain("Seattle").And.Contain("Seattle, Washington");
    }

    [Fact]
    public void Dates_are_written_as_the_description_demands()
    {
        IReadOnlyList<PreferencePair> pairs = Travel.Pairs(CorruptionStyle.DateFormat);

        foreach (PreferencePair pair in pairs)
        {
            string description = Properties(pair).GetProperty("check_in").GetProperty("description").GetString()!;
            string format = description.Contains("MM/DD/YYYY") ? "MM/dd/yyyy" : description.Contains("MM-DD-YYYY") ? "MM-dd-yyyy" : "yyyy-MM-dd";
            DateOnly.TryParseExact(Text(pair.Chosen, "check_in"), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _).Should().BeTrue();
        }

        pairs.Select(pair => Text(pair.Chosen, "check_in")).Should().Contain(["2026-05-17", "05/17/2026", "05-17-2026"]);
        pairs.Select(pair => Text(pair.Rejected, "check_in")).Should().Contain(["May 17", "2026-05-01"]);
    }

    [Fact]
    public void Invented_values_are_of_parameters_left_out() =>
        Travel.Pairs(CorruptionStyle.InventedOptional).Should().OnlyContain(pair =>
            pair.Rejected.Calls.SelectMany(call => call.Arguments.EnumerateObject()).Count()
            > pair.Chosen.Calls.SelectMany(call => call.Arguments.EnumerateObject()).Count());

    [Fact]
    public void Overreaching_values_are_longer() =>
        Travel.Pairs(CorruptionStyle.OverreachingValue).Should().OnlyContain(pair => Length(pair.Rejected) > Length(pair.Chosen));

    [Fact]
    public void Rephrased_values_share_their_words()
    {
        string[] streets = [.. Travel.Pairs(CorruptionStyle.RephrasedValue, 300).Where(pair => pair.Id.StartsWith("boston/", StringComparison.Ordinal))
            .Select(pair => Text(pair.Rejected, "street"))];

        streets.Should().Contain(["Union", "union_street", "US", "Union Streets", "street: Union Street"]);
    }

    [Fact]
    public void Other_values_are_of_the_same_kind() =>
        Travel.Pairs(CorruptionStyle.OtherValue).Where(pair => Text(pair.Rejected, "street") != "Union Street" || pair.Chosen.Calls[0].Name == "find_hotel")
            .Select(pair => Text(pair.Rejected, "city")).Distinct().Should().BeSubsetOf(["Seattle", "Boston", "Chicago", "Denver", "Miami"]);

    [Fact]
    public void Placeholders_stand_for_values()
    {
        IReadOnlyList<PreferencePair> pairs = Travel.Pairs(CorruptionStyle.Placeholder);

        pairs.Select(pair => Text(pair.Rejected, "city")).Should().Contain(["", "unknown", "<city>"]);
        pairs.Where(pair => Properties(pair).TryGetProperty("city", out JsonElement city) && city.GetProperty("description").GetString()!.Contains("e.g."))
            .Should().NotBeEmpty().And.OnlyContain(pair => Properties(pair).GetProperty("city").GetProperty("description").GetString()!
                .Contains(Text(pair.Rejected, "city")));
    }

    [Fact]
    public void Numbers_are_replaced_by_others_of_the_request()
    {
        IReadOnlyList<PreferencePair> pairs = Travel.Pairs(CorruptionStyle.OtherNumber);

        pairs.Where(pair => pair.Id.StartsWith("hotel/", StringComparison.Ordinal))
            .Select(pair => (Raw(pair.Rejected, "guests"), Raw(pair.Rejected, "stars"))).Should().Contain([("4", "4"), ("3", "3"), ("2", "4"), ("300", "4")]);
        pairs.Should().OnlyContain(pair => ToolCallValidator.Validate(pair.Rejected.Calls, pair.Prompt.Tools).Count == 0);
    }

    [Fact]
    public void Units_are_converted_where_the_parameter_demands_it_only()
    {
        PreferencePair[] demanding = [.. Travel.Pairs(CorruptionStyle.ConvertedNumber, 400).Where(pair =>
            pair.Prompt.Messages[0].Content!.Contains("12 km") && Description(pair, "distance").EndsWith("meters.", StringComparison.Ordinal))];

        demanding.Where(pair => Description(pair, "distance").EndsWith(" meters.", StringComparison.Ordinal)).Should().NotBeEmpty()
            .And.OnlyContain(pair => Raw(pair.Chosen, "distance") == "12000");
        demanding.Where(pair => Description(pair, "distance").EndsWith("kilometers.", StringComparison.Ordinal)).Should().NotBeEmpty()
            .And.OnlyContain(pair => Raw(pair.Chosen, "distance") == "12").And.Contain(pair => Raw(pair.Rejected, "distance") == "12000");
    }

    [Fact]
    public void Percentages_are_fractions_where_the_parameter_demands_it_only()
    {
        IReadOnlyList<PreferencePair> pairs = Travel.Pairs(CorruptionStyle.Percentage, 100);

        pairs.Should().OnlyContain(pair => Regex.IsMatch(pair.Prompt.Messages[0].Content!, @"\d(%| percent)"));
        PreferencePair[] slopes = [.. pairs.Where(pair => Regex.IsMatch(pair.Prompt.Messages[0].Content!, "6(%| percent)"))];
        slopes.Where(pair => Regex.IsMatch(Description(pair, "slope"), "decimal|rate|fraction")).Should().NotBeEmpty()
            .And.OnlyContain(pair => Raw(pair.Chosen, "slope") == "0.06");
        slopes.Where(pair => !Regex.IsMatch(Description(pair, "slope"), "decimal|rate|fraction")).Should().NotBeEmpty()
            .And.OnlyContain(pair => Raw(pair.Chosen, "slope") == "6");
    }

    [Fact]
    public void Other_types_break_the_schema() =>
        Travel.Pairs(CorruptionStyle.OtherType).Should().OnlyContain(pair => ToolCallValidator.Validate(pair.Rejected.Calls, pair.Prompt.Tools).Count > 0);

    [Fact]
    public void Siblings_are_tools_of_the_request_and_take_the_shared_arguments()
    {
        PreferencePair[] pairs = [.. Travel.Pairs(CorruptionStyle.SiblingFunction).Where(pair => pair.Id.StartsWith("boston/", StringComparison.Ordinal))];

        pairs.Select(pair => pair.Rejected.Calls[0].Name).Distinct().Should().BeEquivalentTo("find_train", "maps_planRoute");
        pairs.Where(pair => pair.Rejected.Calls[0].Name == "find_train").Should().OnlyContain(pair => Text(pair.Rejected, "city") == "Boston");
    }

    [Fact]
    public void Opposite_functions_are_offered_with_the_same_parameters() =>
        Travel.Pairs(CorruptionStyle.OppositeFunction).Should().OnlyContain(pair => pair.Prompt.Tools.Count == 4
            && pair.Rejected.Calls.Except(pair.Chosen.Calls).Any(call => pair.Prompt.Tools.Any(tool => tool.Name == call.Name)));

    [Fact]
    public void Broken_names_are_no_tools() =>
        Travel.Pairs(CorruptionStyle.BrokenName).Should().OnlyContain(pair =>
            pair.Rejected.Calls.Count(call => pair.Prompt.Tools.All(tool => tool.Name != call.Name)) == 1);

    [Fact]
    public void Too_few_calls_are_as_frequent_as_too_many()
    {
        PreferencePair[] pairs = [.. Travel.Pairs(CorruptionStyle.CallCount, 400).Where(pair => pair.Id.StartsWith("trains/", StringComparison.Ordinal))];

        ((double)pairs.Count(pair => pair.Rejected.Calls.Count < 2) / pairs.Length).Should().BeInRange(0.4, 0.6);
    }

    [Fact]
    public void Several_values_need_several_calls()
    {
        PreferencePair[] pairs = [.. Travel.Pairs(CorruptionStyle.ParallelValues).Where(pair => pair.Id.StartsWith("denver/", StringComparison.Ordinal))];

        pairs.Should().NotBeEmpty().And.OnlyContain(pair => pair.Chosen.Calls.Count > 1
            && pair.Chosen.Calls.All(call => call.Arguments.EnumerateObject().All(argument =>
                pair.Prompt.Messages[0].Content!.Contains(argument.Value.ToString()))));
        pairs.Should().Contain(pair => pair.Rejected.Calls.Count < pair.Chosen.Calls.Count)
            .And.Contain(pair => pair.Rejected.Calls.Count > pair.Chosen.Calls.Count);
    }

    [Fact]
    public void A_list_needs_one_call()
    {
        PreferencePair[] pairs = [.. Travel.Pairs(CorruptionStyle.CombinedValues)];

        pairs.Should().OnlyContain(pair => pair.Chosen.Calls.Count == 1);
        pairs.Should().Contain(pair => pair.Rejected.Calls.Count > 1 && pair.Id.StartsWith("route/", StringComparison.Ordinal))
            .And.Contain(pair => Properties(pair).TryGetProperty("city", out JsonElement city) && city.GetProperty("type").GetString() == "array")
            .And.Contain(pair => Text(pair.Chosen, "city").Contains(", "));
    }

    [Fact]
    public void Enum_values_are_allowed_ones()
    {
        IReadOnlyList<PreferencePair> pairs = Travel.Pairs(CorruptionStyle.OtherEnumValue);

        pairs.Select(pair => Text(pair.Rejected, "board")).Should().Contain(["none", "full"]);
        pairs.Should().Contain(pair => pair.Id.StartsWith("hotel/", StringComparison.Ordinal) && Raw(pair.Rejected, "breakfast") == "false");
    }

    [Fact]
    public void Omitted_parameters_are_optional_ones() =>
        Travel.Pairs(CorruptionStyle.OmittedOptional).Should().OnlyContain(pair => ToolCallValidator.Validate(pair.Rejected.Calls, pair.Prompt.Tools).Count == 0);

    [Fact]
    public void Swapped_values_stay_in_the_call()
    {
        PreferencePair[] trains = [.. Travel.Pairs(CorruptionStyle.SwappedSlots).Where(pair => pair.Id.StartsWith("trains/", StringComparison.Ordinal))];

        trains.Should().Contain(pair => Text(pair.Rejected, "city") == "Atlanta" && Text(pair.Rejected, "destination") == "Miami");
    }

    [Fact]
    public void Without_relevant_tools_the_right_side_calls_none() =>
        Travel.Pairs(CorruptionStyle.IrrelevantTools).Should().OnlyContain(pair => pair.Chosen.IsNoCall && pair.Rejected.Calls.Count == 1);

    private static JsonElement Properties(PreferencePair pair) =>
        pair.Prompt.Tools.First(tool => tool.Name == pair.Chosen.Calls[0].Name).Parameters.GetProperty("properties");

    private static string Description(PreferencePair pair, string parameter) => Properties(pair).GetProperty(parameter).GetProperty("description").GetString()!;

    private static string Raw(Candidate candidate, string parameter) =>
        candidate.Calls[0].Arguments.TryGetProperty(parameter, out JsonElement value) ? value.GetRawText() : "";

    private static string Text(Candidate candidate, string parameter) =>
        candidate.Calls[0].Arguments.TryGetProperty(parameter, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Length(Candidate candidate) => candidate.Calls
        .SelectMany(call => call.Arguments.EnumerateObject())
        .Where(argument => argument.Name is not ("breakfast" or "currency"))
        .Sum(argument => argument.Value.ToString().Length);
}
