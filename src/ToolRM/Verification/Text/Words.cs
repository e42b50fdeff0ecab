namespace ToolRM.Verification.Text;

/// <summary>Cuts text into words.</summary>
internal static class Words
{
    /// <summary>The words of a text, in their order.</summary>
    public static List<Word> Scan(string text) => throw new NotImplementedException();

    /// <summary>The words of an identifier, which camel case, digits and separators divide: <c>getUserById</c> is get, user, by, id.</summary>
    public static List<Word> ScanIdentifier(string name) => throw new NotImplementedException();

    /// <summary>Whether a word in lower case says nothing about the matter (a, the, please, …).</summary>
    public static bool IsStopWord(string word) => throw new NotImplementedException();

    /// <summary>The stem of a word in lower case.</summary>
    public static string Stem(string word) => throw new NotImplementedException();
}
