namespace ToolRM.Tokenization;

/// <summary>How far <see cref="BpeTrainer"/> is: first it reads all texts, then it learns tokens.</summary>
/// <param name="TextsRead">Texts read so far.</param>
/// <param name="DistinctWords">Different words met so far.</param>
/// <param name="VocabularySize">Tokens so far; 0 while texts are read.</param>
/// <param name="TargetVocabularySize">Tokens asked for.</param>
public readonly record struct BpeTrainingProgress(long TextsRead, int DistinctWords, int VocabularySize, int TargetVocabularySize)
{
    internal const int TextInterval = 256;
    internal const int MergeInterval = 64;
}
