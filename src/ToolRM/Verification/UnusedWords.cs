using System.Text.Json;
using ToolRM.Verification.Text;

namespace ToolRM.Verification;

/// <summary>What the newest message of the user says that no call of a candidate takes up.</summary>
internal static class UnusedWords
{
    /// <summary>
    /// The words of the newest message, in their order and each once, that are in no argument, no called function's name or description
    /// and no name of a parameter given; stop words and words of one letter are left out.
    /// </summary>
    public static IEnumerable<string> Of(CandidateFacts candidate)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (CallFacts call in candidate.Calls)
        {
            used.UnionWith(call.Function?.NameStems ?? (IEnumerable<string>)[]);
            used.UnionWith(call.Function?.DescriptionStems ?? (IEnumerable<string>)[]);
            foreach (ArgumentFacts argument in call.Arguments)
            {
                used.UnionWith(argument.Parameter?.NameStems ?? []);
                foreach (JsonElement leaf in argument.Leaves.Select(leaf => leaf.Value))
                {
                    if (leaf.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    {
                        used.UnionWith(Words.Scan(leaf.ToString()).Select(word => word.Stem));
                    }
                }
            }
        }

        return candidate.Request.Conversation.LastTurnWords
            .Where(word => (word.Text.Length > 1 || char.IsAsciiDigit(word.Text[0])) && !Words.IsStopWord(word.Text) && used.Add(word.Stem))
            .Select(word => word.Text);
    }
}
