using Microsoft.Extensions.Logging;

namespace ToolRM.Data;

/// <summary>What reading a dataset logs.</summary>
internal static partial class DatasetLog
{
    [LoggerMessage(1, LogLevel.Warning, "Skipped a bad row: {Reason}")]
    public static partial void RowSkipped(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Skipped {Skipped} bad rows of {Rows}")]
    public static partial void RowsSkipped(ILogger logger, long skipped, long rows);
}
