namespace ToolRM.Verification.Schemas;

/// <summary>The shape of a text: runs of words by their case, everything else as it is. "New York, NY" and "Los Angeles, CA" have the same.</summary>
internal static class TextShape
{
    public static string Of(string text) => throw new NotImplementedException();
}
