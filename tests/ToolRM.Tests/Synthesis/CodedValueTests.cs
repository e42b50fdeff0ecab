using System.Globalization;
using System.Text.Json;
using ToolRM.Data;
using ToolRM.Synthesis;
using ToolRM.Verification.Schemas;

namespace ToolRM.Tests.Synthesis;

/// <summary>Values that a description explains as codes.</summary>
public sealed class CodedValueTests
{
    private static readonly IReadOnlyList<PreferencePair> _pairs =
        Travel.Pairs(
            CorruptionStyle.CodedValue,
            300,
            Travel.Gold("denver", "Hotels in Denver for 7", ("find_hotel", """{"city":"Denver","guests":7}""")));

    private static JsonElement Schema(PreferencePair pair) =>
        pair.Prompt.Tools.Single(tool => tool.Name == "find_hotel").Parameters.GetProperty("properties").GetProperty("city");

    private static DescribedCode[] Codes(PreferencePair pair) => DescribedCodes.Read(Schema(pair).GetProperty("description").GetString()!);

    private static int Number(string code) => int.Parse(code, CultureInfo.InvariantCulture);

    private static JsonElement City(Candidate candidate) => candidate.Calls.Single().Arguments.GetProperty("city");

    [Fact]
    public void The_description_explains_codes_of_which_one_is_what_is_asked_for()
    {
        _pairs.Should().HaveCountGreaterThan(100);
        foreach (PreferencePair pair in _pairs)
        {
            DescribedCode[] codes = Codes(pair);

            codes.Length.Should().BeInRange(2, 4);
            codes.SelectMany(code => code.Stems).Should().OnlyHaveUniqueItems().And.ContainSingle(stem => stem == "denver")
                .And.BeSubsetOf(["denver", "boston", "chicago", "seattl"]);
            codes.Select(code => Number(code.Code)).Should().Equal(Enumerable.Range(Number(codes[0].Code), codes.Length));
            codes[0].Code.Should().BeOneOf("0", "1");
        }

        _pairs.Select(pair => Codes(pair)[0].Code).Distinct().Should().HaveCount(2);
        _pairs.Select(pair => Array.FindIndex(Codes(pair), code => code.Stems[0] == "denver")).Distinct().Should().HaveCountGreaterThan(2);
    }

    [Fact]
    public void The_right_side_has_the_code_and_the_wrong_side_another_one()
    {
        foreach (PreferencePair pair in _pairs)
        {
            DescribedCode[] codes = Codes(pair);
            string right = City(pair.Chosen).ToString(), wrong = City(pair.Rejected).ToString();

            codes.Single(code => code.Code == right).Stems.Should().Equal("denver");
            wrong.Should().NotBe(right);
            Number(wrong).Should().BeInRange(Number(codes[0].Code), Number(codes[^1].Code) + 1);
            pair.ErrorType.Should().Be("Parameter value error");
        }

        _pairs.Should().Contain(pair => Codes(pair).Any(code => code.Code == City(pair.Rejected).ToString()));
        _pairs
            .Should().Contain(pair => Codes(pair).All(code => code.Code != City(pair.Rejected).ToString()), "one too many is a mistake as well");
    }

    [Fact]
    public void Codes_are_numbers_or_texts_as_the_schema_says()
    {
        foreach (PreferencePair pair in _pairs)
        {
            JsonValueKind kind = Schema(pair).GetProperty("type").GetString() == "string" ? JsonValueKind.String : JsonValueKind.Number;

            (City(pair.Chosen).ValueKind, City(pair.Rejected).ValueKind).Should().Be((kind, kind));
        }

        double texts = (double)_pairs.Count(pair => City(pair.Chosen).ValueKind == JsonValueKind.String) / _pairs.Count;
        texts.Should().BeInRange(0.1, 0.4);
    }

    [Fact]
    public void Only_this_parameter_of_this_tool_changes()
    {
        foreach (PreferencePair pair in _pairs.Take(40))
        {
            Tool tool = pair.Prompt.Tools.Single(tool => tool.Name == "find_hotel");

            pair.Prompt.Messages.Should().Equal(ChatMessage.User("Hotels in Denver for 7"));
            pair.Prompt.Tools.Where(other => other != tool).Should().Equal(Travel.FindTrain, Travel.PlanRoute);
            tool.WithParameter("city", _ => Travel.FindHotel.Parameters.GetProperty("properties").GetProperty("city"))
                .Should().Be(Travel.FindHotel);
        }
    }

    [Theory]
    [InlineData("Hotels for 7", "Denver")]
    [InlineData("Hotels in Denver 5 for 7", "Denver 5")]
    [InlineData("Hotels in Al", "Al")]
    [InlineData("Hotels in Denver with a very long name indeed", "Denver with a very long name indeed")]
    [InlineData("Hotels in Denvers", "Denver")]
    public void Values_that_are_not_mentioned_or_no_words_are_left_alone(string request, string city) =>
        Travel.Pairs(CorruptionStyle.CodedValue, 60, Travel.Gold("gold", request, ("find_hotel", $$"""{"city":"{{city}}"}""")))
            .Should().BeEmpty();

    [Fact]
    public void Several_calls_of_the_function_are_left_alone() =>
        Travel.Pairs(CorruptionStyle.CodedValue, 60, Travel.Golds.Single(gold => gold.Id == "trains")).Should().BeEmpty();

    [Fact]
    public void At_least_two_other_values_are_needed()
    {
        GoldExample Gold(string city) => Travel.Gold(city, $"Hotels in {city}", ("find_hotel", $$"""{"city":"{{city}}"}"""));
        int Made(params GoldExample[] golds) =>
            Enumerable.Range(0, 60).Count(seed =>
                new CorruptionGenerator(golds).Corrupt(golds[0], CorruptionStyle.CodedValue, (ulong)seed) is not null);

        Made(Gold("Denver"), Gold("Boston")).Should().Be(0);
        Made(Gold("Denver"), Gold("Boston"), Gold("Chicago")).Should().BePositive();
    }
}
