namespace ToolRM.ToolCalls.Comparison;

/// <summary>What makes two argument values equal.</summary>
/// <param name="OmitsDefaults">Whether a member that says the schema's default equals an omitted one.</param>
/// <param name="SetsByUniqueItems">Whether arrays of unique items are sets.</param>
/// <param name="IsPython">Whether values are equal if Python says so: <c>True == 1</c>, decimals rounded to doubles.</param>
/// <param name="FoldsText">Whether case, white space and the signs of <see cref="CanonicalJson.Ignored"/> make no difference in strings; for keys only.</param>
internal readonly record struct ValueRules(bool OmitsDefaults, bool SetsByUniqueItems, bool IsPython, bool FoldsText = false)
{
    /// <summary>Equality by the values alone.</summary>
    public static ValueRules Plain => default;
}
