using System.Text;
using System.Text.Json;
using ToolRM.Verification.Text;

namespace ToolRM.Verification;

/// <summary>The leaves of one call's arguments, at any depth.</summary>
/// <param name="Texts">The strings.</param>
/// <param name="Numbers">The numbers that are JSON numbers.</param>
internal sealed record CallValues(List<string> Texts, List<double> Numbers);

/// <summary>The leaves of all arguments of a candidate. Immutable.</summary>
internal sealed class CandidateValues
{
    private const int MaxDepth = 64;

    private readonly HashSet<double> _numbers = [];
    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);

    public CandidateValues(IReadOnlyList<CallFacts> calls)
    {
        Calls = [.. calls.Select(Read)];
        var lower = new StringBuilder();
        foreach (CallValues call in Calls)
        {
            call.Numbers.ForEach(Add);
            foreach (string text in call.Texts)
            {
                lower.Append(text.ToLowerInvariant()).Append('\n');
                Add(text);
            }
        }

        Lower = lower.ToString();
    }

    /// <summary>The leaves of each call.</summary>
    public IReadOnlyList<CallValues> Calls { get; }

    /// <summary>All strings in lower case, in lines.</summary>
    public string Lower { get; }

    /// <summary>The stems of the words of all strings, and the numbers as they are written.</summary>
    public IReadOnlySet<string> Stems => _stems;

    /// <summary>All numbers, with those that strings contain and the hours of times in both halves of the day.</summary>
    public IReadOnlySet<double> Numbers => _numbers;

    private static CallValues Read(CallFacts call)
    {
        var values = new CallValues([], []);
        foreach (ArgumentFacts argument in call.Arguments)
        {
            Read(argument.Value, values, 0);
        }

        return values;
    }

    private static void Read(JsonElement value, CallValues values, int depth)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            values.Texts.Add(value.GetString()!);
        }
        else if (value.ValueKind == JsonValueKind.Number)
        {
            if (value.TryGetDouble(out double number) && double.IsFinite(number))
            {
                values.Numbers.Add(number);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && depth < MaxDepth)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                Read(item, values, depth + 1);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object && depth < MaxDepth)
        {
            foreach (JsonProperty property in value.EnumerateObject())
            {
                Read(property.Value, values, depth + 1);
            }
        }
    }

    private void Add(string text)
    {
        foreach (Word word in Words.ScanIdentifier(text))
        {
            _stems.Add(word.Stem);
        }

        foreach (Word word in Words.Scan(text))
        {
            _stems.Add(word.Stem);
        }

        foreach (NumberMention mention in NumberMentions.Scan(text))
        {
            foreach (double reading in mention.Readings)
            {
                Add(reading);
            }
        }

        if (TimeMentions.Read(text) is { Hour: int hour })
        {
            Add(hour);
            Add(hour % 12 == 0 ? 12 : hour % 12);
        }
    }

    private void Add(double number)
    {
        _numbers.Add(Math.Abs(number));
        _stems.Add(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
