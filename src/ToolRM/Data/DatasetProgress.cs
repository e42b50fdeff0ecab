namespace ToolRM.Data;

/// <summary>How far reading a dataset has come.</summary>
/// <param name="BytesRead">Bytes read from all files so far; of compressed files, compressed bytes.</param>
/// <param name="TotalBytes">Size of all files together; <see langword="null"/> if one of them has no known size (a pipe).</param>
/// <param name="Rows">Rows read so far, with those skipped.</param>
/// <param name="SkippedRows">Bad rows skipped so far.</param>
public readonly record struct DatasetProgress(long BytesRead, long? TotalBytes, long Rows, long SkippedRows);
