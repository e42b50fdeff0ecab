using System.IO.Compression;
using System.Text;
using ToolRM.Data;

namespace ToolRM.Tests.Data;

/// <summary>Helpers that read rows from memory.</summary>
internal static class Rows
{
    public static MemoryStream Stream(params string[] lines) => new(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    public static async Task<List<PreferencePair>> ReadAsync(params string[] lines) => await ReadAsync(new DatasetOptions(), lines);

    public static async Task<List<PreferencePair>> ReadAsync(DatasetOptions options, params string[] lines) =>
        await PreferenceDataset.ReadAsync(Stream(lines), "rows.jsonl", options).ToListAsync();

    public static async Task<PreferencePair> ReadOneAsync(string line) => (await ReadAsync(line)).Should().ContainSingle().Subject;

    public static byte[] Gzip(byte[] bytes)
    {
        var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    public static async Task<string> ErrorOfAsync(params string[] lines)
    {
        Func<Task> read = () => ReadAsync(lines);
        return (await read.Should().ThrowAsync<DatasetException>()).Which.Message;
    }
}
