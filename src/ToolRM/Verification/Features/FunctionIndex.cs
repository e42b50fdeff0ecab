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

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonTypes> _cues = new(StringComparer.Ordinal);

    private FunctionIndex(FunctionFacts function)
    {
        Verbs = VerbClasses.Of(Words.ScanIdentifier(function.Name).Take(MaxNameVerbs));
        if (Verbs == 0 && function.Tool.Description is { } description)
        {
            Verbs = VerbClasses.Of(Words.Scan(description).Take(MaxDescriptionVerbs));
        }

        foreach (ParameterFacts parameter in function.Parameters)
        {
            _names.UnionWith(parameter.NameStems);
            foreach (string cue in parameter.SlotCues)
            {
                _cues[cue] = _cues.GetValueOrDefault(cue) | parameter.Types;
            }
        }
    }

    /// <summary>The kinds of its verbs; see <see cref="VerbClasses"/>.</summary>
    public uint Verbs { get; }

    public static FunctionIndex Of(FunctionFacts function) => _all.GetValue(function, facts => new FunctionIndex(facts));

    /// <summary>Whether a stem is of the name of another parameter only.</summary>
    public bool IsOtherName(string stem, ParameterFacts parameter) => _names.Contains(stem) && !parameter.NameStems.Contains(stem, StringComparer.Ordinal);

    /// <summary>Whether a stem often stands before values of another parameter only, of one that takes values of the same type.</summary>
    public bool IsOtherCue(string stem, ParameterFacts parameter) =>
        _cues.TryGetValue(stem, out JsonTypes types) && (types & parameter.Types) != 0 && !parameter.SlotCues.Contains(stem);
}
