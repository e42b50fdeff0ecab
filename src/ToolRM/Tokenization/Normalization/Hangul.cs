namespace ToolRM.Tokenization.Normalization;

/// <summary>The arithmetic of Hangul syllables (The Unicode Standard, section 3.12), which need no tables.</summary>
internal static class Hangul
{
    public const int VowelFirst = 0x1161;
    public const int TrailFirst = 0x11A8;
    public const int TrailCount = 27;
    private const int SyllableFirst = 0xAC00;
    private const int SyllableCount = LeadCount * VowelCount * TrailForms;
    private const int LeadFirst = 0x1100;
    private const int LeadCount = 19;
    private const int VowelCount = 21;

    /// <summary>The trailing consonants and "none".</summary>
    private const int TrailForms = TrailCount + 1;

    public static bool IsVowel(int codePoint) => (uint)(codePoint - VowelFirst) < VowelCount;

    public static bool IsTrail(int codePoint) => (uint)(codePoint - TrailFirst) < TrailCount;

    /// <summary>Splits a syllable; <c>Trail</c> is -1 if it has no trailing consonant.</summary>
    public static bool TryDecompose(int codePoint, out (int Lead, int Vowel, int Trail) parts)
    {
        int index = codePoint - SyllableFirst;
        if ((uint)index >= SyllableCount)
        {
            parts = default;
            return false;
        }

        int trail = index % TrailForms;
        parts = (
            LeadFirst + index / (VowelCount * TrailForms),
            VowelFirst + index / TrailForms % VowelCount,
            trail == 0 ? -1 : TrailFirst + trail - 1);
        return true;
    }

    public static bool TryCompose(int first, int second, out int composite)
    {
        int lead = first - LeadFirst, syllable = first - SyllableFirst;
        if ((uint)lead < LeadCount && IsVowel(second))
        {
            composite = SyllableFirst + (lead * VowelCount + (second - VowelFirst)) * TrailForms;
            return true;
        }

        if ((uint)syllable < SyllableCount && syllable % TrailForms == 0 && IsTrail(second))
        {
            composite = first + (second - TrailFirst) + 1;
            return true;
        }

        composite = 0;
        return false;
    }
}
