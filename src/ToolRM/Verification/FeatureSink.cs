namespace ToolRM.Verification;

/// <summary>An amount that a feature found.</summary>
/// <param name="Feature">The feature's index in <see cref="FeatureSet"/>.</param>
/// <param name="Amount">The amount, before scaling.</param>
/// <param name="CallIndex">The call it was found in; -1 for the candidate as a whole.</param>
/// <param name="Parameter">The argument or parameter it was found at; <see langword="null"/> for the call as a whole.</param>
internal readonly record struct FeatureAmount(int Feature, double Amount, int CallIndex, string? Parameter);

/// <summary>Receives what features find in one candidate.</summary>
/// <param name="sums">The features' sums.</param>
/// <param name="amounts">Receives every single amount, for explanations; <see langword="null"/> if none is needed.</param>
internal sealed class FeatureSink(double[] sums, List<FeatureAmount>? amounts)
{
    /// <summary>Index of the first feature of the family at work.</summary>
    public int First { get; set; }

    /// <summary>Adds to a feature of the candidate as a whole.</summary>
    public void Add(int feature, double amount = 1) => Add(feature, amount, -1, null);

    /// <summary>Adds to a feature of a call.</summary>
    public void Add(int feature, CallFacts call, double amount = 1) => Add(feature, amount, call.Index, null);

    /// <summary>Adds to a feature of an argument.</summary>
    public void Add(int feature, ArgumentFacts argument, double amount = 1) => Add(feature, amount, argument.Call.Index, argument.Name);

    /// <summary>Adds to a feature of a parameter that a call leaves out.</summary>
    public void Add(int feature, CallFacts call, string parameter, double amount = 1) => Add(feature, amount, call.Index, parameter);

    private void Add(int feature, double amount, int call, string? parameter)
    {
        if (amount != 0)
        {
            sums[First + feature] += amount;
            amounts?.Add(new FeatureAmount(First + feature, amount, call, parameter));
        }
    }
}
