using ToolRM.ToolCalls.Comparison;
using ToolRM.ToolCalls.Schemas;

namespace ToolRM.Selection;

/// <summary>What a candidate votes for.</summary>
/// <param name="Key">Candidates of the same key say the same.</param>
/// <param name="IsValid">Whether the tools' schemas allow its calls, and it is no attempt at calls that cannot be read.</param>
internal readonly record struct Ballot(string Key, bool IsValid);

/// <summary>Reads the ballots of a prompt's candidates.</summary>
internal sealed class BallotReader(IReadOnlyList<Tool> tools)
{
    private readonly ToolCallValidator _validator = new(tools);
    private readonly CallRules _rules = new(
        new ValueRules(OmitsDefaults: true, SetsByUniqueItems: true, IsPython: false, FoldsText: true), ToolCatalog.Create(tools), resolvesNames: false);

    /// <summary>
    /// The ballot of a candidate. A text is read for calls. Calls in any order are the same, as are spellings of strings that differ in
    /// case, spaces and punctuation, spellings of a number, and a default that is given or left out.
    /// </summary>
    public Ballot Read(Candidate candidate)
    {
        bool isReadable = true;
        if (candidate is { Calls.Count: 0, Text: { } text })
        {
            ParsedToolCalls parsed = ToolCallParser.Parse(text, tools);
            isReadable = parsed.Errors.Count == 0 || parsed.Calls.Count > 0;
            candidate = parsed.ToCandidate();
        }

        if (candidate.Calls.Count == 0)
        {
            return new Ballot(isReadable ? "" : $"?{candidate.Text}", isReadable);
        }

        string key = string.Join('\n', candidate.Calls.Select(_rules.KeyOf).Order(StringComparer.Ordinal));
        return new Ballot(key, isReadable && _validator.Validate(candidate.Calls).Count == 0);
    }
}
