using ToolRM.ToolCalls.Parsing;
using ToolRM.ToolCalls.Schemas;
using ToolRM.ToolCalls.Validation;
using ToolRM.Verification.Schemas;

namespace ToolRM.Verification.Features;

/// <summary>Where calls contradict the schemas of the tools.</summary>
internal sealed class SchemaFeatures : FeatureFamily
{
    private static readonly FeatureTable _table = new("schema");

    private static readonly int _text = _table.Whole(
        "text", "answers with text instead of a call",
        "1 if the candidate is a text without calls; outputs that are no well-formed call are, too.");

    private static readonly int _noCall = _table.Whole("no_call", "calls nothing", "1 if the candidate calls nothing and says nothing.");

    private static readonly int _unknownFunction = _table.PerCall(
        "unknown_function", "no such function",
        "Calls of a name that no tool has.");

    private static readonly int _partOfFunction = _table.PerCall(
        "unknown_function_part", "part of a function's name, or a function's name with something added",
        "Calls of a name that no tool has, where it contains the name of a tool or is contained in one.");

    private static readonly int _missingRequired = _table.PerCall(
        "missing_required", "required parameter is missing", "Required parameters that a call leaves out.");

    private static readonly int _unexpected = _table.PerCall(
        "unexpected", "no such parameter", "Arguments that the function has no parameter for; none if its schema allows any.");

    private static readonly int _unexpectedSimilar = _table.PerCall(
        "unexpected_similar", "no such parameter, but a similar one",
        "Of these, the ones whose name shares a word with that of a parameter.");

    private static readonly int _wrapped = _table.PerCall(
        "wrapped", "arguments wrapped in another object",
        "Arguments without parameter that are named as what holds arguments or schemas (properties, parameters, arguments, kwargs, type "
        + "…).");

    private static readonly int _type = _table.PerCall(
        "type", "value of the wrong type",
        "Arguments whose value contradicts the type of the parameter.");

    private static readonly int _firstType = AddTypes();

    private static readonly int _enum = _table.PerCall(
        "enum", "not one of the allowed values", "Arguments whose value, or an item of it, is none of those that the schema lists.");

    private static readonly int _enumCase = _table.PerCall(
        "enum_case", "allowed value in other case", "Of these, the ones that are allowed but for upper and lower case.");

    private static readonly int _limits = _table.PerCall(
        "limits", "value outside the limits of the schema",
        "Values outside minimum, maximum, lengths, pattern or format, that are no multiple or repeat, or that fit several of oneOf; at "
        + "most 5 a call.");

    private static readonly int _anyUnknown = _table.Whole(
        "any_unknown_function", "calls a function that does not exist",
        "1 if any call does.");
    private static readonly int _anyMissing = _table.Whole(
        "any_missing_required", "leaves out a required parameter",
        "1 if any call does.");
    private static readonly int _anyUnexpected = _table.Whole(
        "any_unexpected", "passes a parameter that does not exist",
        "1 if any call does.");
    private static readonly int _anyType = _table.Whole("any_type", "passes a value of the wrong type", "1 if any call does.");
    private static readonly int _anyEnum = _table.Whole("any_enum", "passes a value that is not allowed", "1 if any call does.");

    private const int MaxFindings = 5;

    public override string Name => "schema";

    public override IReadOnlyList<FeatureDefinition> Features => _table.Features;

    public override void Extract(CandidateFacts candidate, FeatureSink sink)
    {
        sink.Add(_text, candidate.IsText ? 1 : 0);
        sink.Add(_noCall, candidate.Calls.Count == 0 && !candidate.IsText ? 1 : 0);
        bool unknown = false, missing = false, unexpected = false, type = false, forbidden = false;
        foreach (CallFacts call in candidate.Calls)
        {
            if (call.Function is not { } function)
            {
                unknown = true;
                AddUnknown(candidate.Request, call, sink);
                continue;
            }

            foreach (ParameterFacts parameter in call.Omitted.Where(parameter => parameter.IsRequired))
            {
                missing = true;
                sink.Add(_missingRequired, call, parameter.Name);
            }

            foreach (ArgumentFacts argument in call.Arguments)
            {
                if (argument.Parameter is null)
                {
                    unexpected |= AddUnexpected(function, argument, sink);
                    continue;
                }

                type |= AddType(argument, sink);
                forbidden |= AddEnum(argument, sink);
            }

            sink.Add(_limits, call, LimitFindings(call));
        }

        sink.Add(_anyUnknown, unknown ? 1 : 0);
        sink.Add(_anyMissing, missing ? 1 : 0);
        sink.Add(_anyUnexpected, unexpected ? 1 : 0);
        sink.Add(_anyType, type ? 1 : 0);
        sink.Add(_anyEnum, forbidden ? 1 : 0);
    }

    private static int AddTypes()
    {
        (string Name, string Phrase, string Definition)[] types =
        [
            ("null", "null where text is expected", "Null for a string."),
            ("not_text", "not a text", "A number, boolean, list or object for a string."),
            ("boolean_for_number", "true or false where a number is expected", "A boolean for a number."),
            ("fraction_for_integer", "decimal point where a whole number is expected",
                "A number with a fraction or a decimal point for an integer."),
            ("text_for_number", "number written as text", "A string for a number."),
            ("structure_for_scalar", "list, object or null where a number or boolean is expected",
                "A list, object or null for a number or boolean."),
            ("scalar_for_boolean", "not true or false", "A string or number for a boolean."),
            ("not_list", "not a list", "Something else for a list."),
            ("not_object", "not an object", "Something else for an object."),
            ("inside", "part of the value has the wrong type", "An item of a list or property of an object with the wrong type."),
            ("unexpected_property", "object with a property that does not exist",
                "An object with a property that its schema does not have."),
            ("missing_property", "object without a required property", "An object without a property that its schema requires."),
        ];
        int first = _table.Features.Count;
        foreach ((string name, string phrase, string definition) in types)
        {
            _table.PerCall("type_" + name, phrase, definition);
        }

        return first;
    }

    private static void AddUnknown(RequestFacts request, CallFacts call, FeatureSink sink)
    {
        sink.Add(_unknownFunction, call);
        string name = call.Call.Name;
        bool isPart = name.Length > 0 && request.Functions.Any(function =>
            function.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
            || (function.Name.Length > 0 && name.Contains(function.Name, StringComparison.OrdinalIgnoreCase)));
        sink.Add(_partOfFunction, call, isPart ? 1 : 0);
    }

    /// <returns>Whether the argument is not allowed.</returns>
    private static bool AddUnexpected(FunctionFacts function, ArgumentFacts argument, FeatureSink sink)
    {
        if (!function.IsClosed)
        {
            return false;
        }

        sink.Add(_unexpected, argument);
        sink.Add(_unexpectedSimilar, argument, ContentStems.OfName(argument.Name).Any(function.ParameterStems.Contains) ? 1 : 0);
        bool isWrapper = argument.Name is "properties" or "params" or "parameters" or "arguments" or "args" or "kwargs" or "input"
            or "type";
        sink.Add(_wrapped, argument, isWrapper ? 1 : 0);
        return true;
    }

    private static bool AddType(ArgumentFacts argument, FeatureSink sink)
    {
        TypeViolation violation = argument.Violation;
        if (violation == TypeViolation.None)
        {
            return false;
        }

        sink.Add(_type, argument);
        sink.Add(_firstType + (int)violation - 1, argument);
        return true;
    }

    private static bool AddEnum(ArgumentFacts argument, FeatureSink sink)
    {
        if (!argument.ViolatesEnum)
        {
            return false;
        }

        sink.Add(_enum, argument);
        sink.Add(_enumCase, argument, argument.Parameter!.Allowed!.ContainInAnyCase(argument.Value) ? 1 : 0);
        return true;
    }

    /// <summary>What the validator finds and the other features do not.</summary>
    private static int LimitFindings(CallFacts call)
    {
        IReadOnlyList<ToolCallFinding> findings =
            new ArgumentValidation(call.Index, new JsonPath()).Check(ToolSchema.Of(call.Function!.Tool).Arguments, call.Call.Arguments);
        int found = findings.Count(finding => finding.Code is ToolCallFindingCode.OutOfRange or ToolCallFindingCode.NotAMultiple
            or ToolCallFindingCode.WrongLength or ToolCallFindingCode.DuplicateItems or ToolCallFindingCode.PatternMismatch
            or ToolCallFindingCode.InvalidFormat or ToolCallFindingCode.AmbiguousValue);
        return Math.Min(found, MaxFindings);
    }
}
