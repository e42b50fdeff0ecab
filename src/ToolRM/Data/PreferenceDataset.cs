namespace ToolRM.Data;

/// <summary>
/// Reads preference datasets: JSON Lines, plain or gzip, streamed row by row. The layout of each row is recognised by
/// its columns.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>ToolRM-train-data: <c>conversation</c>, <c>tools</c>, <c>tool_calls_correct</c>, <c>tool_calls_incorrect</c> and
/// optionally <c>uuid</c>, <c>dataset_name</c>.</item>
/// <item>FC-RewardBench: <c>conversation</c>, <c>tools</c>, <c>chosen_output</c>, <c>rejected_output</c> and optionally
/// <c>test_id</c>, <c>test_category</c>. BFCL's type names become those of JSON Schema.</item>
/// <item>TRL's conversational preference format: <c>prompt</c>, <c>chosen</c>, <c>rejected</c> as lists of messages, or
/// without <c>prompt</c> two whole conversations that differ in their last message.</item>
/// <item>Plain: <c>prompt</c> or <c>messages</c> (a text or messages), <c>chosen</c>, <c>rejected</c> (calls, a message,
/// <c>[]</c>, a text, or JSON of those in a string).</item>
/// </list>
/// Every layout may have <c>tools</c> as an array or as JSON in a string, and the optional columns <c>id</c>,
/// <c>error_type</c> and <c>margin</c>; the last two also <c>source</c>. Other columns are ignored. A rejected output that
/// is no tool call in JSON stays the text it is; in the first two layouts the right one must be calls or <c>[]</c>.
/// The methods may be called from many tasks at once.
/// </remarks>
public static class PreferenceDataset
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; <c>-</c> is standard input, which must not be compressed.</param>
    /// <param name="options">How to read; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DatasetException">The file or one of its rows cannot be read; thrown while enumerating.</exception>
    public static IAsyncEnumerable<PreferencePair> ReadAsync(
        string path, DatasetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ReadAsync([path], options, cancellationToken);
    }

    /// <summary>Reads files one after the other, as one dataset.</summary>
    /// <param name="paths">The files, as in the other overload.</param>
    /// <param name="options">How to read; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DatasetException">A file or one of its rows cannot be read; thrown while enumerating.</exception>
    public static IAsyncEnumerable<PreferencePair> ReadAsync(
        IReadOnlyList<string> paths, DatasetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return DatasetReader<PreferencePair>.ReadAsync(paths, options ?? new DatasetOptions(), PreferenceLayout.Read, cancellationToken);
    }

    /// <summary>Reads a stream, which stays open.</summary>
    /// <param name="stream">The rows; may be gzip if the stream can seek.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="options">How to read; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DatasetException">The stream or one of its rows cannot be read; thrown while enumerating.</exception>
    public static IAsyncEnumerable<PreferencePair> ReadAsync(
        Stream stream, string name, DatasetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return DatasetReader<PreferencePair>.ReadAsync(
            stream, name, options ?? new DatasetOptions(), PreferenceLayout.Read, cancellationToken);
    }
}
