using ToolRM.Data;

namespace ToolRM.Synthesis;

/// <summary>Collects the right answers of preference pairs.</summary>
internal static class GoldExamples
{
    /// <summary>
    /// The different (prompt, right answer) of the pairs, in the order they first come; the first pair gives the id. Equal tools become
    /// one object, so that what is computed of a tool is computed once.
    /// </summary>
    public static async Task<IReadOnlyList<GoldExample>> CollectAsync(
        IAsyncEnumerable<PreferencePair> pairs, CancellationToken cancellationToken = default)
    {
        var tools = new Dictionary<Tool, Tool>();
        var seen = new HashSet<(ToolPrompt, Candidate)>();
        var golds = new List<GoldExample>();
        await foreach (PreferencePair pair in pairs.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (seen.Add((pair.Prompt, pair.Chosen)))
            {
                Tool[] shared = [.. pair.Prompt.Tools.Select(tool => tools.TryGetValue(tool, out Tool? known) ? known : tools[tool] = tool)];
                golds.Add(new GoldExample(pair.Id, pair.Prompt with { Tools = shared }, pair.Chosen, pair.Source));
            }
        }

        return golds;
    }
}
