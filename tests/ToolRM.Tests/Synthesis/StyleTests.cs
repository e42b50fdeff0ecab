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
        PreferencePair[] pairs = [.. Travel.Pairs(CorruptionStyle.CityState).Where(pair => ChangedCity(pair) < pair.Chosen.Calls.Count)];

        foreach (PreferencePair pair in pairs)
        {
            string description = Properties(pair).GetProperty("city").GetProperty("description").GetString()!;
            int changed = ChangedCity(pair);
            string right = Text(pair.Chosen, "city", changed), wrong = Text(pair.Rejected, "city", changed);
            if (description.Contains('.'))
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
        All(Travel.Pairs(CorruptionStyle.InventedOptional), pair => Arguments(pair.Rejected) > Arguments(pair.Chosen));

    [Fact]
    public void Overreaching_values_are_longer() =>
        All(Travel.Pairs(CorruptionStyle.OverreachingValue), pair => Length(pair.Rejected) > Length(pair.Chosen));

    [Fact]
    public void Rephrased_values_share_their_words()
    {
        string[] streets = [.. Of("boston", CorruptionStyle.RephrasedValue, 300).Select(pair => Text(pair.Rejected, "street"))];

        streets.Should().Contain(["Union", "union_street", "US", "Union Streets", "street: Union Street"]);
    }

    [Fact]
    public void Other_values_are_of_the_same_kind() =>
        Of("denver", CorruptionStyle.OtherValue).Select(pair => Text(pair.Rejected, "city")).Distinct()
            .Should().BeEquivalentTo("Seattle", "Boston", "Chicago");

    [Fact]
    public void Values_from_the_conversation_are_preferred() =>
        Of("hotel", CorruptionStyle.OtherValue, 200).Select(pair => Text(pair.Rejected, "city")).Where(city => city != "Seattle")
            .CountBy(city => city).MaxBy(count => count.Value).Key.Should().Be("Boston");

    [Fact]
    public void Placeholders_stand_for_values()
    {
        PreferencePair[] pairs = Of("denver", CorruptionStyle.Placeholder, 200);

        pairs.Select(pair => Text(pair.Rejected, "city")).Should().Contain(["", "unknown", "<city>"]);
        All(pairs.Where(pair => Description(pair, "city").Contains("e.g.")), pair => Description(pair, "city").Contains(Text(pair.Rejected, "city")));
    }

    [Fact]
    public void Numbers_are_replaced_by_others_of_the_request()
    {
        PreferencePair[] pairs = Of("hotel", CorruptionStyle.OtherNumber, 200);

        pairs.Select(pair => (Raw(pair.Rejected, "guests"), Raw(pair.Rejected, "stars"))).Should()
            .Contain([("4", "4"), ("3", "3"), ("2", "4"), ("300", "4")]);
        All(pairs, pair => ToolCallValidator.Validate(pair.Rejected.Calls, pair.Prompt.Tools).Count == 0);
    }

    [Fact]
    public void Units_are_converted_where_the_parameter_demands_it_only()
    {
        PreferencePair[] pairs = [.. Of("route", CorruptionStyle.ConvertedNumber, 1000).Where(pair => Asks(pair, "12 (km|kilometers)"))];
        PreferencePair[] other = [.. pairs.Where(pair => Description(pair, "distance").EndsWith(" meters.", StringComparison.Ordinal))];
        PreferencePair[] same = [.. pairs.Where(pair => Description(pair, "distance").EndsWith(" kilometers.", StringComparison.Ordinal))];

        All(other, pair => Raw(pair.Chosen, "distance") == "12000");
        All(same, pair => Raw(pair.Chosen, "distance") == "12");
        Any(same, pair => Raw(pair.Rejected, "distance") == "12000");
    }

    [Fact]
    public void Percentages_are_fractions_where_the_parameter_demands_it_only()
    {
        PreferencePair[] pairs = [.. Of("route", CorruptionStyle.Percentage, 300).Where(pair => Asks(pair, "6(%| percent)"))];
        ILookup<bool, PreferencePair> asFraction = pairs.ToLookup(pair => Regex.IsMatch(Description(pair, "slope"), "decimal|rate|fraction"));

        All(asFraction[true], pair => Raw(pair.Chosen, "slope") == "0.06");
        All(asFraction[false], pair => Raw(pair.Chosen, "slope") == "6");
        Any(asFraction[true], pair => Raw(pair.Rejected, "slope") == "6");
        Any(asFraction[false], pair => Raw(pair.Rejected, "slope") == "0.06");
    }

    [Fact]
    public void Other_types_break_the_schema() =>
        All(Travel.Pairs(CorruptionStyle.OtherType), pair => ToolCallValidator.Validate(pair.Rejected.Calls, pair.Prompt.Tools).Count > 0);

    [Fact]
    public void Siblings_are_tools_of_the_request_and_take_the_shared_arguments()
    {
        PreferencePair[] pairs = Of("boston", CorruptionStyle.SiblingFunction);

        pairs.Select(pair => pair.Rejected.Calls[0].Name).Distinct().Should().BeEquivalentTo("find_train", "maps_planRoute");
        All(pairs.Where(pair => pair.Rejected.Calls[0].Name == "find_train"), pair => Text(pair.Rejected, "city") == "Boston");
    }

    [Fact]
    public void Opposite_functions_are_offered_with_the_same_parameters() =>
        All(Travel.Pairs(CorruptionStyle.OppositeFunction), pair => pair.Prompt.Tools.Count == 4
            && pair.Rejected.Calls.Select(call => call.Name).Except(Travel.Golds[0].Prompt.Tools.Select(tool => tool.Name)).Single() is var name
            && pair.Prompt.Tools.Any(tool => tool.Name == name));

    [Fact]
    public void Broken_names_are_no_tools() =>
        All(Travel.Pairs(CorruptionStyle.BrokenName), pair =>
            pair.Rejected.Calls.Count(call => pair.Prompt.Tools.All(tool => tool.Name != call.Name)) == 1);

    [Fact]
    public void Extra_calls_are_of_other_functions() =>
        All(Travel.Pairs(CorruptionStyle.ExtraCall), pair => pair.Rejected.Calls.Count == pair.Chosen.Calls.Count + 1
            && pair.Rejected.Calls.Count(call => call.Name != pair.Chosen.Calls[0].Name) == 1);

    [Fact]
    public void Too_few_calls_are_as_frequent_as_too_many()
    {
        PreferencePair[] pairs = Of("trains", CorruptionStyle.CallCount, 400);

        ((double)pairs.Count(pair => pair.Rejected.Calls.Count < 2) / pairs.Length).Should().BeInRange(0.4, 0.6);
    }

    [Fact]
    public void A_value_that_names_two_things_may_be_split_into_calls()
    {
        GoldExample gold = Travel.Gold("split", "A hotel at Smith and Sons, Denver",
            ("find_hotel", """{"city":"Denver","street":"Smith and Sons"}"""));

        Any(Travel.Pairs(CorruptionStyle.CallCount, 60, gold), pair =>
            pair.Rejected.Calls.Select(call => call.Arguments.GetProperty("street").GetString()).SequenceEqual(["Smith", "Sons"]));
    }

    [Fact]
    public void Several_values_need_several_calls()
    {
        PreferencePair[] pairs = Of("denver", CorruptionStyle.ParallelValues, 100);

        All(pairs, pair => pair.Chosen.Calls.Count > 1 && pair.Chosen.Calls.SelectMany(call => call.Arguments.EnumerateObject())
            .All(argument => pair.Prompt.Messages[0].Content!.Contains(argument.Value.ToString())));
        Any(pairs, pair => pair.Rejected.Calls.Count < pair.Chosen.Calls.Count);
        Any(pairs, pair => pair.Rejected.Calls.Count > pair.Chosen.Calls.Count);
    }

    [Fact]
    public void A_list_needs_one_call()
    {
        All(Of("route", CorruptionStyle.CombinedValues), pair => pair.Chosen.Calls.Count == 1);
        Any(Of("route", CorruptionStyle.CombinedValues), pair => pair.Rejected.Calls.Count == 2);
        PreferencePair[] made = Of("denver", CorruptionStyle.CombinedValues, 100);
        All(made, pair => pair.Chosen.Calls.Count == 1);
        Any(made, pair => Properties(pair).GetProperty("city").GetProperty("type").GetString() == "array" && pair.Rejected.Calls.Count > 1);
        Any(made, pair => Text(pair.Chosen, "city").Contains(", "));
    }

    [Fact]
    public void Enum_values_are_allowed_ones()
    {
        PreferencePair[] pairs = Of("hotel", CorruptionStyle.OtherEnumValue);

        pairs.Select(pair => Text(pair.Rejected, "board")).Should().Contain(["none", "full"]);
        Any(pairs, pair => Raw(pair.Rejected, "breakfast") == "false");
    }

    [Fact]
    public void Omitted_parameters_are_optional_ones() =>
        All(Travel.Pairs(CorruptionStyle.OmittedOptional), pair => ToolCallValidator.Validate(pair.Rejected.Calls, pair.Prompt.Tools).Count == 0);

    [Fact]
    public void Swapped_values_stay_in_the_call()
    {
        Any(Of("trains", CorruptionStyle.SwappedSlots), pair =>
            Text(pair.Rejected, "city") == "Atlanta" && Text(pair.Rejected, "destination") == "Miami");
        Any(Of("denver", CorruptionStyle.SwappedSlots), pair => Text(pair.Rejected, "street") == "Denver" && Raw(pair.Rejected, "city") == "");
    }

    [Fact]
    public void Arguments_are_wrapped_or_renamed()
    {
        PreferencePair[] pairs = Of("denver", CorruptionStyle.WrappedArguments, 100);

        Any(pairs, pair => pair.Rejected.Calls[0].Arguments.TryGetProperty("properties", out JsonElement inner)
            && inner.TryGetProperty("city", out _));
        Any(pairs, pair => Text(pair.Rejected, "the_city") == "Denver");
    }

    [Fact]
    public void Without_relevant_tools_the_right_side_calls_none() =>
        All(Travel.Pairs(CorruptionStyle.IrrelevantTools), pair => pair.Chosen.IsNoCall && pair.Rejected.Calls.Count == 1);

    private static PreferencePair[] Of(string gold, CorruptionStyle style, int seeds = 60) =>
        [.. Travel.Pairs(style, seeds, Travel.Golds.Single(example => example.Id == gold))];

    /// <summary>Fails with the calls of the pairs that do not fit, as the pairs themselves are long.</summary>
    private static void All(IEnumerable<PreferencePair> pairs, Func<PreferencePair, bool> fits)
    {
        PreferencePair[] some = [.. pairs];
        some.Should().NotBeEmpty();
        some.Where(pair => !fits(pair)).Select(Describe).Should().BeEmpty();
    }

    private static void Any(IEnumerable<PreferencePair> pairs, Func<PreferencePair, bool> fits)
    {
        PreferencePair[] some = [.. pairs];
        string.Join('\n', some.Any(fits) ? [] : some.Take(20).Select(Describe)).Should().BeEmpty("one of the pairs should fit");
        some.Should().NotBeEmpty();
    }

    private static string Describe(PreferencePair pair) =>
        $"{pair.Id}: {pair.Prompt.Messages[^1].Content} + {pair.Chosen.ToCanonicalJson()} - {pair.Rejected.ToCanonicalJson()}";

    /// <summary>The first call whose city is another on the wrong side.</summary>
    private static int ChangedCity(PreferencePair pair) =>
        pair.Chosen.Calls.TakeWhile((_, index) => Text(pair.Chosen, "city", index) == Text(pair.Rejected, "city", index)).Count();

    private static JsonElement Properties(PreferencePair pair) =>
        pair.Prompt.Tools.First(tool => tool.Name == pair.Chosen.Calls[0].Name).Parameters.GetProperty("properties");

    private static bool Asks(PreferencePair pair, string pattern) => Regex.IsMatch(pair.Prompt.Messages[0].Content!, pattern);

    private static string Description(PreferencePair pair, string parameter) =>
        Properties(pair).GetProperty(parameter).GetProperty("description").GetString()!;

    private static string Raw(Candidate candidate, string parameter) =>
        candidate.Calls[0].Arguments.TryGetProperty(parameter, out JsonElement value) ? value.GetRawText() : "";

    private static string Text(Candidate candidate, string parameter, int call = 0) =>
        candidate.Calls[call].Arguments.TryGetProperty(parameter, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private static int Arguments(Candidate candidate) => candidate.Calls.Sum(call => call.Arguments.EnumerateObject().Count());

    private static int Length(Candidate candidate) => candidate.Calls
        .SelectMany(call => call.Arguments.EnumerateObject())
        .Where(argument => argument.Name is not ("breakfast" or "currency"))
        .Sum(argument => argument.Value.ToString().Length);
}
