using System.Text.Json;
using ToolRM.ToolCalls.Comparison;
using ToolRM.ToolCalls.Parsing;
using ToolRM.ToolCalls.Schemas;
using ToolRM.Verification.Schemas;

namespace ToolRM.Selection;

/// <summary>Reads the ballots of a prompt's candidates.</summary>
internal sealed class BallotReader(IReadOnlyList<Tool> tools)
{
    private readonly ToolCallValidator _validator = new(tools);
    private readonly CallRules _rules = new(
        new ValueRules(OmitsDefaults: true, SetsByUniqueItems: true, IsPython: false, FoldsText: true), ToolCatalog.Create(tools), resolvesNames: false);

    /// <summary>
    /// The ballot of a candidate. A text is read for calls. Calls in any order are the same, as are spellings of strings that differ in
    /// case, spaces and punctuation, spellings of a number, and an optional parameter that is left out or says its default.
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

        string key = string.Join('\n', candidate.Calls.Select(call => _rules.KeyOf(WithoutDefaults(call))).Order(StringComparer.Ordinal));
        return new Ballot(key, isReadable && !_validator.Validate(candidate.Calls).Any(IsSerious));
    }

    /// <summary>
    /// Whether a call cannot be made at all. A value that is not listed, too large and the like is left to the reward: schemas are
    /// often narrower than what they describe.
    /// </summary>
    private static bool IsSerious(ToolCallFinding finding) => finding.Code is
        ToolCallFindingCode.UnknownFunction or ToolCallFindingCode.NotAnObject or ToolCallFindingCode.MissingRequired
        or ToolCallFindingCode.UnexpectedParameter or ToolCallFindingCode.WrongType;

    private ToolCall WithoutDefaults(ToolCall call)
    {
        if (call.Arguments.ValueKind != JsonValueKind.Object || tools.FirstOrDefault(tool => tool.Name == call.Name) is not { } tool)
        {
            return call;
        }

        FunctionFacts function = FunctionFacts.Of(tool);
        JsonProperty[] said =
        [
            .. call.Arguments.EnumerateObject()
                .Where(argument => function.Find(argument.Name) is not { IsRequired: false } parameter || !parameter.IsDefault(argument.Value)),
        ];
        return said.Length == call.Arguments.GetPropertyCount()
            ? call
            : call with { Arguments = JsonBuild.Object([.. said.Select(argument => new KeyValuePair<string, JsonElement>(argument.Name, argument.Value))]) };
    }
}
