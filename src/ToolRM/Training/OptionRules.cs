namespace ToolRM.Training;

/// <summary>The ranges of training options. Each check throws an <see cref="ArgumentOutOfRangeException"/> that names option and range.</summary>
internal static class OptionRules
{
    public static void Count(string name, int value) => Check(value >= 1, name, value, "at least 1");

    public static void Fraction(string name, double value) => Check(value is >= 0 and <= 1, name, value, "from 0 to 1");

    public static void ProperFraction(string name, double value) =>
        Check(value is >= 0 and < 1, name, value, "from 0 up to but not including 1");

    public static void Positive(string name, double value) =>
        Check(double.IsFinite(value) && value > 0, name, value, "a finite number above 0");

    public static void NotNegative(string name, double value) =>
        Check(double.IsFinite(value) && value >= 0, name, value, "a finite number, 0 or more");

    public static void Check(bool valid, string name, object? value, string range)
    {
        if (!valid)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }
    }
}
