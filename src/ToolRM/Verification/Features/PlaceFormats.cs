using ToolRM.Verification.Grounding;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Tables;

namespace ToolRM.Verification.Features;

/// <summary>Whether places are given with the state or country that is asked for, and with the right one.</summary>
internal sealed class PlaceFormats(FeatureTable table)
{
    private readonly int _comma = table.PerCall(
        "place_suffix", "place with state or country, as asked for",
        "Texts with a comma whose description asks for a city with its state or country.");

    private readonly int _noComma = table.PerCall(
        "place_no_suffix", "state or country is asked for, but missing",
        "Texts without a comma whose description asks for a city with its state or country.");

    private readonly int _undemanded = table.PerCall(
        "place_undemanded_suffix", "something added after the comma that nobody asked for",
        "Texts of which only the part before the comma is in the conversation, where the description asks for no state or country.");

    private readonly int _right = table.PerCall(
        "place_right", "city with the right state or country",
        "Texts with a well-known city before a comma, and after it a state or country it lies in.");

    private readonly int _wrong = table.PerCall(
        "place_wrong", "city with a wrong state or country",
        "Texts with a well-known city before a comma, and after it something it does not lie in.");

    private readonly int _otherShape = table.PerCall(
        "place_other_shape", "place not written like the examples",
        "Well-known cities with a comma that do not have the shape of any example, where a state or country is asked for.");

    private readonly int _exampleStyle = table.PerCall(
        "place_suffix_like_example", "state or country as short or long as in the examples",
        "Texts with a comma where an example has one, and what follows the last comma is a code of two or three capitals in both or in "
        + "neither.");

    private readonly int _otherStyle = table.PerCall(
        "place_suffix_unlike_example", "state or country written out or abbreviated unlike the examples",
        "Texts with a comma where examples have one, none of which is alike in this.");

    public void Add(FormatValue value, string text, FeatureSink sink)
    {
        ParameterFacts parameter = value.Parameter;
        bool wantsSuffix = parameter.WantsCityAndState;
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
        {
            sink.Add(_noComma, value.Argument, wantsSuffix ? 1 : 0);
            return;
        }

        if (wantsSuffix)
        {
            sink.Add(_comma, value.Argument);
            if (!IsAbroad(parameter, text))
            {
                AddStyle(value, text, sink);
            }
        }
        else if (parameter.Enum is null)
        {
            sink.Add(_undemanded, value.Argument, value.Grounding == GroundingClass.AddedSuffix ? 1 : 0);
        }

        string city = text[..comma];
        if (Places.IsKnown(city))
        {
            bool isRight = Lies(city, text[(comma + 1)..]);
            sink.Add(isRight ? _right : _wrong, value.Argument);
            bool isOtherShape = wantsSuffix && parameter.Examples.Count > 0 && !IsAbroad(parameter, text)
                && !parameter.ExampleShapes.Contains(TextShape.Of(text));
            sink.Add(_otherShape, value.Argument, isOtherShape ? 1 : 0);
        }
    }

    /// <summary>
    /// Whether a text is a city abroad with its country, while all examples are in the US: they do not show how to write it.
    /// </summary>
    public static bool IsAbroad(ParameterFacts parameter, string text)
    {
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 && parameter.WantsCityAndState
            && Places.LiesAbroad(text[..comma], text[(text.LastIndexOf(',') + 1)..])
            && parameter.Examples.All(example => !example.Contains(',', StringComparison.Ordinal) || IsInUs(example));
    }

    private static bool IsInUs(string example) =>
        States.Name(example[(example.LastIndexOf(',') + 1)..].Trim().ToLowerInvariant()) is not null;

    /// <summary>Whether a city lies in what follows it, or in the first or last part of that: "Paris, Ile-de-France, France".</summary>
    private static bool Lies(string city, string rest)
    {
        int first = rest.IndexOf(',', StringComparison.Ordinal);
        return first < 0
            ? Places.Lies(city, rest) == true
            : Places.Lies(city, rest[..first]) == true || Places.Lies(city, rest[(rest.LastIndexOf(',') + 1)..]) == true;
    }

    private void AddStyle(FormatValue value, string text, FeatureSink sink)
    {
        bool isCode = EndsWithCode(text);
        bool any = false, alike = false;
        foreach (string example in value.Parameter.Examples.Where(example => example.Contains(',', StringComparison.Ordinal)))
        {
            any = true;
            alike |= EndsWithCode(example) == isCode;
        }

        if (any)
        {
            sink.Add(alike ? _exampleStyle : _otherStyle, value.Argument);
        }
    }

    private static bool EndsWithCode(string text)
    {
        ReadOnlySpan<char> end = text.AsSpan(text.LastIndexOf(',') + 1).Trim();
        return end.Length is 2 or 3 && !end.ContainsAnyExceptInRange('A', 'Z');
    }
}
