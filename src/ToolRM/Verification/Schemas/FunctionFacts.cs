namespace ToolRM.Verification.Schemas;

/// <summary>What is known of a tool whatever is asked: its parameters and the words it is described in. Immutable and thread-safe.</summary>
internal sealed class FunctionFacts
{
    /// <summary>The facts of a tool; computed once for as long as the tool lives.</summary>
    public static FunctionFacts Of(Tool tool) => throw new NotImplementedException();

    public required Tool Tool { get; init; }

    public string Name => Tool.Name;

    /// <summary>The parameters in the order of the schema.</summary>
    public required IReadOnlyList<ParameterFacts> Parameters { get; init; }

    public required int RequiredCount { get; init; }

    /// <summary>Different stems of the name, without stop words.</summary>
    public required IReadOnlySet<string> NameStems { get; init; }

    /// <summary>Different stems of the description, without stop words.</summary>
    public required IReadOnlySet<string> DescriptionStems { get; init; }

    /// <summary>Different stems of the parameters' names, without stop words.</summary>
    public required IReadOnlySet<string> ParameterStems { get; init; }

    /// <summary>The parameter of exactly this name.</summary>
    public ParameterFacts? Find(string name) => throw new NotImplementedException();
}
