namespace ToolRM.Verification;

/// <summary>
/// How well a function fits what is asked. Shares are of stems, weighted by how few tools have them. A fit is the share of the name,
/// plus a third of the matching weight of the description over its Euclidean norm, plus a sixth of the same of the parameters.
/// </summary>
/// <param name="Newest">The fit with the newest message of the user.</param>
/// <param name="User">The fit with all messages of the user.</param>
/// <param name="Anything">The fit with the whole conversation.</param>
/// <param name="NewestName">Share of the name's stems in the newest message.</param>
/// <param name="UserName">Share of the name's stems in all messages of the user.</param>
/// <param name="NewestParameters">A third of the matching weight of the parameters' names in the newest message over its norm.</param>
internal readonly record struct FunctionFit(
    double Newest, double User, double Anything, double NewestName, double UserName, double NewestParameters);

/// <summary>How far a function's <see cref="FunctionFit"/> is ahead of the best other function's; 0 if there is no other.</summary>
internal readonly record struct FunctionMargin(double Newest, double User, double Anything, double NewestName);

/// <summary>The two highest of several values.</summary>
internal struct TopTwo()
{
    private double _first = double.NegativeInfinity, _second = double.NegativeInfinity;

    public void Add(double value)
    {
        if (value > _first)
        {
            (_first, _second) = (value, _first);
        }
        else if (value > _second)
        {
            _second = value;
        }
    }

    /// <summary>How far one of the values is ahead of the highest other one; 0 if there is no other.</summary>
    public readonly double Margin(double value)
    {
        double other = value == _first ? _second : _first;
        return double.IsNegativeInfinity(other) ? 0 : value - other;
    }
}
