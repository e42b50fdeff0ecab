using ToolRM.Data;

namespace ToolRM.Tests.Data;

public class DatasetErrorTests
{
    private const string Good = """{"prompt":"Hi","chosen":"A","rejected":"B"}""";

    [Theory]
    [InlineData("""{"conversation":"x","tools":"[{]","tool_calls_correct":"[]","tool_calls_incorrect":"[]"}""", "rows.jsonl:2: column 'tools': expected JSON, found '[{]' (at byte 2: *)")]
    [InlineData("""{"conversation":"x","tools":"[{\"name\":\"a\"},{\"name\":1}]","tool_calls_correct":"[]","tool_calls_incorrect":"[]"}""", "rows.jsonl:2: column 'tools': $[1].name: expected a string, found the number 1")]
    [InlineData("""{"conversation":[{"role":"user"},{"role":"bot"}],"tools":"[]","tool_calls_correct":"[]","tool_calls_incorrect":"[]"}""", "rows.jsonl:2: column 'conversation': $[1].role: expected *'assistant'*, found the string 'bot'")]
    [InlineData("""{"conversation":"x","tools":"[]","tool_calls_correct":"f(1)","tool_calls_incorrect":"[]"}""", "rows.jsonl:2: column 'tool_calls_correct': expected tool calls as JSON, found the string 'f(1)'")]
    [InlineData("""{"conversation":"x","tools":"[]","tool_calls_correct":"[]"}""", "rows.jsonl:2: column 'tool_calls_incorrect': the row has no such column, only 'conversation', 'tools', 'tool_calls_correct'")]
    [InlineData("""{"conversation":"x","tools":"[]","chosen_output":"[{'f': {}}]","rejected_output":"[]"}""", "rows.jsonl:2: column 'chosen_output': expected tool calls as JSON, found the string '[{'f': {}}]'")]
    [InlineData("""{"conversation":"x","tools":"[]","chosen_output":"[]","rejected_output":5}""", "rows.jsonl:2: column 'rejected_output': expected the output of a model, as text or JSON, found the number 5")]
    [InlineData("""{"chosen":"A","rejected":"B"}""", "rows.jsonl:2: expected a prompt: 'prompt' or 'messages', or *; the row has 'chosen', 'rejected'")]
    [InlineData("""{"prompt":[],"chosen":"A","rejected":"B"}""", "rows.jsonl:2: column 'prompt': expected a non-empty array of messages, found an array []")]
    [InlineData("""{"prompt":"x","chosen":"A","rejected":null}""", "rows.jsonl:2: column 'rejected': expected an assistant message, *, found null")]
    [InlineData("""{"prompt":"x","chosen":[{"f":{}},{"f":5}],"rejected":"B"}""", "rows.jsonl:2: column 'chosen': $[1]: expected a tool call*")]
    [InlineData("""{"prompt":"x","chosen":[{"role":"assistant","content":"a"},{"role":"assistant","content":"b"}],"rejected":[{"role":"assistant","content":"c"}]}""", "rows.jsonl:2: column 'chosen': expected the sides to differ in one last assistant message, found 2 *")]
    [InlineData("""{"chosen":[{"role":"user","content":"a"},{"role":"user","content":"b"}],"rejected":[{"role":"user","content":"a"},{"role":"assistant","content":"c"}]}""", "rows.jsonl:2: column 'chosen': $[1].role: expected 'assistant'*")]
    [InlineData("""{"prompt":"x","chosen":"A","rejected":"B","margin":"big"}""", "rows.jsonl:2: column 'margin': expected a finite number, found the string 'big'")]
    [InlineData("""{"prompt":"x","chosen":"A","rejected":"B","margin":1e999}""", "rows.jsonl:2: column 'margin': expected a finite number, found the number 1e999")]
    [InlineData("""{"prompt":"x","chosen":"A","rejected":"B","error_type":[]}""", "rows.jsonl:2: column 'error_type': expected a string, found an array []")]
    [InlineData("""{"text":"x","label":1}""", "rows.jsonl:2: the row's columns are those of no known layout: it has 'text', 'label'; expected 'chosen' and 'rejected' *")]
    [InlineData("""[1]""", "rows.jsonl:2: expected an object, found an array [1]")]
    [InlineData("""{"prompt":"x" """, "rows.jsonl:2: expected one JSON object a line, found none (at byte *)")]
    [InlineData("""{"prompt":"x","prompt":"y"}""", "rows.jsonl:2: expected one JSON object a line, found none (*prompt*)")]
    [InlineData("""{"prompt":"\ud800","chosen":"A","rejected":"B"}""", "rows.jsonl:2: expected Unicode text, found an escaped half of a surrogate pair *")]
    public async Task A_bad_row_is_an_error_with_file_line_and_column(string row, string message) =>
        (await Rows.ErrorOfAsync(Good, row, Good)).Should().Match(message);

    [Fact]
    public async Task The_error_has_its_place_in_properties()
    {
        Func<Task> read = () => Rows.ReadAsync(Good, """{"prompt":"x","chosen":5,"rejected":"B"}""");

        DatasetException error = (await read.Should().ThrowAsync<DatasetException>()).Which;
        (error.File, error.Line, error.Column).Should().Be(("rows.jsonl", 2, "chosen"));
        error.Should().BeAssignableTo<ToolRMException>();
    }

    [Fact]
    public async Task Bad_rows_are_counted_and_skipped_on_request()
    {
        var skipped = new List<DatasetException>();
        var log = new ListLogger();
        var progress = new ListProgress();
        var options = new DatasetOptions { SkipBadRows = true, RowSkipped = skipped.Add, Logger = log, Progress = progress };
        string[] lines = [Good, "{", .. Enumerable.Repeat("""{"prompt":"x","chosen":5,"rejected":"B"}""", 7), Good];

        List<PreferencePair> pairs = await Rows.ReadAsync(options, lines);

        pairs.Select(pair => pair.Id).Should().Equal("1", "10");
        skipped.Select(error => error.Line).Should().Equal(2, 3, 4, 5, 6, 7, 8, 9);
        log.Messages.Should().HaveCount(6);
        log.Messages[1].Should().Be("Skipped a bad row: rows.jsonl:3: column 'chosen': expected an assistant message, an array of tool calls, [] or a text, found the number 5");
        log.Messages[^1].Should().Be("Skipped 8 bad rows of 10");
        progress.Reports[^1].Should().Match<DatasetProgress>(last => last.Rows == 10 && last.SkippedRows == 8 && last.BytesRead == last.TotalBytes);
    }

    [Fact]
    public async Task Too_long_lines_are_bad_rows()
    {
        string longRow = Good.Replace("Hi", new string('x', 300_000), StringComparison.Ordinal);
        var options = new DatasetOptions { MaxLineBytes = 200_000, SkipBadRows = true };

        (await Rows.ReadAsync(options, Good, longRow, Good, longRow)).Select(pair => pair.Id).Should().Equal("1", "3");
        Func<Task> read = () => Rows.ReadAsync(options with { SkipBadRows = false }, Good, longRow);
        (await read.Should().ThrowAsync<DatasetException>()).WithMessage("rows.jsonl:2: expected a line of at most 200000 bytes, found a longer one");
    }

    [Fact]
    public async Task Deep_rows_are_bad_rows()
    {
        string bomb = $$"""{"prompt":"x","chosen":{{new string('[', 5000)}}{{new string(']', 5000)}},"rejected":"B"}""";
        string inString = $$"""{"conversation":"x","tools":"{{new string('[', 5000)}}","chosen_output":"[]","rejected_output":"{{new string('[', 5000)}}"}""";

        (await Rows.ErrorOfAsync(bomb)).Should().Match("rows.jsonl:1: *depth*128*");
        (await Rows.ErrorOfAsync(inString)).Should().Match("rows.jsonl:1: column 'tools': expected JSON*depth*128*");
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_a_bad_row()
    {
        byte[] row = [.. "{\"prompt\":\""u8, 0xFF, 0xFE, .. "\",\"chosen\":\"A\",\"rejected\":\"B\"}"u8];
        Func<Task> read = async () => await PreferenceDataset.ReadAsync(new MemoryStream(row), "x").ToListAsync();

        await read.Should().ThrowAsync<DatasetException>().WithMessage("x:1: expected UTF-8, found bytes that are not");
    }

    private sealed class ListProgress : IProgress<DatasetProgress>
    {
        public List<DatasetProgress> Reports { get; } = [];

        public void Report(DatasetProgress value) => Reports.Add(value);
    }
}
