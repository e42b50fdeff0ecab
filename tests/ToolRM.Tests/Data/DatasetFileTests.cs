using System.Text;
using ToolRM.Data;

namespace ToolRM.Tests.Data;

public sealed class DatasetFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("toolrm-data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Lines(int from, int count, int padding = 0) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(from, count)
        .Select(i => $$"""{"id":"{{i}}","prompt":"{{new string('x', padding)}}","chosen":"A","rejected":"B"}""" + "\n")));

    [Fact]
    public async Task Plain_and_compressed_files_are_read_as_one_dataset()
    {
        string[] paths = [Write("a.jsonl", Lines(0, 3)), Write("b.jsonl.gz", Rows.Gzip(Lines(3, 4))), Write("empty.jsonl", []), Write("c.jsonl", Lines(7, 1))];

        List<PreferencePair> pairs = await PreferenceDataset.ReadAsync(paths).ToListAsync();

        pairs.Select(pair => pair.Id).Should().Equal("0", "1", "2", "3", "4", "5", "6", "7");
    }

    [Fact]
    public async Task Compressed_members_written_one_after_the_other_are_all_read()
    {
        string path = Write("two.jsonl.gz", [.. Rows.Gzip(Lines(0, 2)), .. Rows.Gzip(Lines(2, 2))]);

        (await PreferenceDataset.ReadAsync(path).ToListAsync()).Should().HaveCount(4);
    }

    [Fact]
    public async Task Rows_of_any_length_cross_the_buffer_unharmed()
    {
        byte[] all = [.. Lines(0, 5, padding: 70_000), .. Lines(5, 500, padding: 321), .. Lines(505, 2, padding: 1_000_000)];

        List<PreferencePair> pairs = await PreferenceDataset.ReadAsync(new DripStream(all), "drip").ToListAsync();

        pairs.Select(pair => pair.Id).Should().Equal(Enumerable.Range(0, 507).Select(i => $"{i}"));
        pairs.Sum(pair => pair.Prompt.Messages[0].Content!.Length).Should().Be((5 * 70_000) + (500 * 321) + 2_000_000);
    }

    [Fact]
    public async Task An_enumerable_starts_anew_each_time()
    {
        var reports = new List<DatasetProgress>();
        IAsyncEnumerable<PreferencePair> rows = PreferenceDataset.ReadAsync(
            Write("a.jsonl", Lines(0, 3)), new DatasetOptions { Progress = new Collector(reports) });

        (await rows.ToListAsync()).Should().Equal(await rows.ToListAsync());

        reports.Should().HaveCount(2);
        reports[0].Should().Be(reports[1]);
    }

    [Fact]
    public async Task Progress_counts_bytes_of_all_files_up_to_their_total()
    {
        var reports = new List<DatasetProgress>();
        string[] paths = [Write("a.jsonl", Lines(0, 200)), Write("b.jsonl.gz", Rows.Gzip(Lines(200, 200)))];
        long total = paths.Sum(path => new FileInfo(path).Length);

        await PreferenceDataset.ReadAsync(paths, new DatasetOptions { Progress = new Collector(reports) }).ToListAsync();

        reports.Should().OnlyContain(report => report.TotalBytes == total && report.BytesRead <= total);
        reports.Select(report => report.BytesRead).Should().BeInAscendingOrder();
        reports[^1].Should().Be(new DatasetProgress(total, total, 400, 0));
    }

    [Fact]
    public async Task A_stream_without_length_has_no_total()
    {
        var reports = new List<DatasetProgress>();

        await PreferenceDataset.ReadAsync(new DripStream(Lines(0, 1)), "pipe", new DatasetOptions { Progress = new Collector(reports) }).ToListAsync();

        reports.Should().Equal(new DatasetProgress(0, null, 1, 0));
    }

    [Fact]
    public async Task Reading_a_stream_leaves_it_open()
    {
        using var stream = new MemoryStream(Rows.Gzip(Lines(0, 2)));

        (await PreferenceDataset.ReadAsync(stream, "memory").ToListAsync()).Should().HaveCount(2);

        stream.CanRead.Should().BeTrue();
    }

    [Fact]
    public async Task Files_that_cannot_be_opened_are_named()
    {
        Func<Task> missing = async () => await PreferenceDataset.ReadAsync(Path.Combine(_folder, "none.jsonl")).ToListAsync();
        Func<Task> folder = async () => await PreferenceDataset.ReadAsync(_folder).ToListAsync();

        await missing.Should().ThrowAsync<DatasetException>().WithMessage("*none.jsonl: there is no such file");
        await folder.Should().ThrowAsync<DatasetException>().WithMessage($"{_folder}: cannot be read*");
    }

    [Fact]
    public async Task A_damaged_archive_is_an_error_and_a_truncated_one_ends_with_a_bad_row()
    {
        byte[] gzip = Rows.Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000)
            .Select(i => $$"""{"id":"{{i}}","prompt":"{{new Random(i).NextInt64()}}","chosen":"A","rejected":"B"}""" + "\n"))));
        byte[] broken = [.. gzip];
        broken.AsSpan(gzip.Length / 2, 64).Fill(0xAA);
        var options = new DatasetOptions { SkipBadRows = true };
        Func<Task> truncated = async () => await PreferenceDataset.ReadAsync(Write("t.gz", gzip[..(gzip.Length / 2)])).ToListAsync();
        Func<Task> damaged = async () => await PreferenceDataset.ReadAsync(Write("d.gz", broken), options).ToListAsync();

        await truncated.Should().ThrowAsync<DatasetException>().WithMessage("*t.gz:*: expected one JSON object a line*");
        await damaged.Should().ThrowAsync<DatasetException>().WithMessage("*d.gz:*: the file cannot be read further*");
    }

    [Fact]
    public async Task Reading_stops_when_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        Func<Task> read = async () =>
        {
            await foreach (PreferencePair pair in PreferenceDataset.ReadAsync(new DripStream(Lines(0, 500, padding: 500)), "x", null, cancellation.Token))
            {
                if (pair.Id == "3")
                {
                    await cancellation.CancelAsync();
                }
            }
        };

        await read.Should().ThrowAsync<OperationCanceledException>();
    }

    private sealed class Collector(List<DatasetProgress> reports) : IProgress<DatasetProgress>
    {
        public void Report(DatasetProgress value) => reports.Add(value);
    }

    /// <summary>A pipe: cannot seek, and gives a few bytes at a time.</summary>
    private sealed class DripStream(byte[] bytes) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(Math.Min(buffer.Length, 997), bytes.Length - _at);
            bytes.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Read(buffer.Span));
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
