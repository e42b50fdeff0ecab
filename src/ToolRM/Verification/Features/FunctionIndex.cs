using System.Runtime.CompilerServices;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Schemas;
using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Features;

/// <summary>What features look up in a function. Immutable; computed once for as long as the function's facts live.</summary>
internal sealed class FunctionIndex
{
    /// <summary>Words of a name, or of a description if the name has no verb, that are looked up as verbs.</summary>
    private const int MaxNameVerbs = 6, MaxDescriptionVerbs = 3;

    private static readonly ConditionalWeakTable<FunctionFacts, FunctionIndex> _all = [];

    private readonly FunctionFacts _function;

    private FunctionIndex(FunctionFacts function)
    {
        _function = function;
        Verbs = VerbClasses.Of(Words.ScanIdentifier(function.Name).Take(MaxNameVerbs));
        if (Verbs == 0 && function.Tool.Description is { } description)
        {
            Verbs = VerbClasses.Of(Words.Scan(description).Take(MaxDescriptionVerbs));
        }
    }

    /// <summary>The kinds of its verbs; see <see cref="VerbClasses"/>.</summary>
    public uint Verbs { get; }

    /// <summary>Words that often stand before values of a parameter, with the types of the values.</summary>
    private Dictionary<string, JsonTypes> Cues => field ??= ReadCues();

    public static FunctionIndex Of(FunctionFacts function) => _all.GetValue(function, facts => new FunctionIndex(facts));

    /// <summary>Whether a stem is of the name of another parameter only.</summary>
    public bool IsOtherName(string stem, ParameterFacts parameter) =>
        _function.ParameterStems.Contains(stem) && !parameter.NameStems.Contains(stem, StringComparer.Ordinal);

    /// <summary>Whether a stem often stands before values of another parameter only, of one that takes values of the same type.</summary>
    public bool IsOtherCue(string stem, ParameterFacts parameter) =>
        Cues.TryGetValue(stem, out JsonTypes types) && (types & parameter.Types) != 0 && !parameter.SlotCues.Contains(stem);

    private Dictionary<string, JsonTypes> ReadCues()
    {
        var cues = new Dictionary<string, JsonTypes>(StringComparer.Ordinal);
        foreach (ParameterFacts parameter in _function.Parameters)
        {
            foreach (string cue in parameter.SlotCues)
            {
                cues[cue] = cues.GetValueOrDefault(cue) | parameter.Types;
            }
        }

        return cues;
    }
}
