using System.Text.Json;
using ToolRM.Verification.Schemas;

namespace ToolRM.Synthesis;

/// <summary>Makes a call of another function out of the values of a right one.</summary>
internal static class PortedCall
{
    /// <summary>A call of the function, with the arguments it shares and its required parameters filled.</summary>
    /// <param name="function">The function to call.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="arguments">The arguments to take over.</param>
    /// <param name="keepsShared">Probability that an argument of the same name is taken over.</param>
    /// <param name="fillsFromOthers">Probability that a required parameter takes a value that would be left over, if one fits.</param>
    /// <param name="fillsRequired">Probability that a required parameter otherwise gets a value from anywhere.</param>
    public static CallDraft To(
        FunctionFacts function,
        Draft draft,
        IEnumerable<KeyValuePair<string, JsonElement>> arguments,
        double keepsShared,
        double fillsFromOthers,
        double fillsRequired)
    {
        Dice dice = draft.Dice;
        var shared = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var left = new List<JsonElement>();
        foreach ((string name, JsonElement value) in arguments)
        {
            if (function.Find(name) is null)
            {
                left.Add(value);
            }
            else
            {
                shared[name] = value;
            }
        }

        var call = new CallDraft(function.Name, []);
        foreach (ParameterFacts parameter in function.Parameters)
        {
            if (shared.TryGetValue(parameter.Name, out JsonElement value) && dice.Chance(keepsShared))
            {
                call[parameter.Name] = value;
            }
            else if (parameter.IsRequired)
            {
                int fitting = left.FindIndex(other => PlausibleValue.Fits(other, parameter));
                if (fitting >= 0 && dice.Chance(fillsFromOthers))
                {
                    call[parameter.Name] = left[fitting];
                    left.RemoveAt(fitting);
                }
                else if (dice.Chance(fillsRequired))
                {
                    call[parameter.Name] = PlausibleValue.For(parameter, draft);
                }
            }
        }

        return call;
    }
}
