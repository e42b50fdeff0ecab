using ToolRM.Verification.Schemas;

namespace ToolRM.Verification;

/// <summary>How well the functions of a request fit what is asked. Words that few of the tools have weigh more.</summary>
internal sealed class FunctionRelevance(RequestFacts request)
{
    public RequestFacts Request { get; } = request;

    /// <summary>All functions, the best fitting first.</summary>
    public IReadOnlyList<FunctionFacts> Ranked => throw new NotImplementedException();

    /// <summary>The functions that are not called, the best fitting first.</summary>
    public IReadOnlyList<FunctionFacts> Rivals(IReadOnlySet<string> called) => throw new NotImplementedException();
}
