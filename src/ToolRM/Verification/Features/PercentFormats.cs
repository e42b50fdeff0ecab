namespace ToolRM.Verification.Features;

/// <summary>Whether a percentage is given as it is said ("5%" as 5) or as a fraction (0.05).</summary>
internal sealed class PercentFormats(FeatureTable table)
{
    private const double Tolerance = 1e-9;
    private const int MaxPercentages = 20;

    private readonly int _fraction = table.PerCall(
        "percent_as_fraction", "percentage as a fraction",
        "Numbers that are a percentage of the conversation by 100, where no decimal is asked for.");

    private readonly int _demandedFraction = table.PerCall(
        "percent_as_demanded_fraction", "percentage as a fraction, as asked for",
        "The same where the description asks for a decimal or fraction.");

    private readonly int _number = table.PerCall(
        "percent_as_number", "percentage as the number said",
        "Numbers that are a percentage of the conversation as said, of parameters for percentages or rates where no decimal is asked for.");

    private readonly int _undemandedNumber = table.PerCall(
        "percent_as_undemanded_number", "percentage as the number said, though a fraction is asked for",
        "The same where the description asks for a decimal or fraction.");

    public void Add(FormatValue value, FeatureSink sink)
    {
        double number = value.Value.GetDouble();
        bool wantsDecimal = value.Parameter.WantsDecimal;
        foreach (double percentage in value.Conversation.Numbers.Percentages.Take(MaxPercentages))
        {
            if (Math.Abs(number - (percentage / 100)) < Tolerance)
            {
                sink.Add(wantsDecimal ? _demandedFraction : _fraction, value.Argument);
            }
            else if (number == percentage && value.Parameter.IsPercentage)
            {
                sink.Add(wantsDecimal ? _undemandedNumber : _number, value.Argument);
            }
        }
    }
}
