using ToolRM.Data;

namespace ToolRM.Tests.Data;

public class ScoringDatasetTests
{
    private static readonly Candidate _f = Candidate.FromCalls(ToolCall.Parse("f", """{"a":1}"""));

    private static async Task<ScoringRow> ReadOneAsync(string line) =>
        (await ScoringDataset.ReadAsync(Rows.Stream(line), "in.jsonl").ToListAsync()).Should().ContainSingle().Subject;

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"tools":[],"calls":[{"name":"f","arguments":{"a":1}}]}""")]
    [InlineData("""{"messages":"Hi","tools":"[]","calls":"[{\"f\":{\"a\":1}}]","text":null}""")]
    [InlineData("""{"prompt":"Hi","calls":[{"function":{"name":"f","arguments":"{\"a\":1}"}}]}""")]
    public async Task A_row_of_calls_has_one_candidate(string line)
    {
        ScoringRow row = await ReadOneAsync(line);

        row.Request.Prompt.Should().Be(ToolPrompt.FromUser("Hi"));
        row.Request.Candidates.Should().Equal(_f);
        row.IsList.Should().BeFalse();
        row.Id.Should().Be("1");
    }

    [Fact]
    public async Task A_row_may_have_a_text_or_no_call()
    {
        (await ReadOneAsync("""{"messages":"Hi","text":"Which?"}""")).Request.Candidates.Should().Equal(Candidate.FromText("Which?"));
        (await ReadOneAsync("""{"messages":"Hi","calls":[]}""")).Request.Candidates.Should().Equal(Candidate.NoCall);
        (await ReadOneAsync("""{"messages":"Hi","calls":null,"text":"Which?"}""")).Request.Candidates.Should().Equal(Candidate.FromText("Which?"));
        (await ReadOneAsync("""{"messages":"Hi","calls":[{"f":{"a":1}}],"text":"So."}""")).Request.Candidates.Should().Equal(_f with { Text = "So." });
    }

    [Fact]
    public async Task A_row_may_have_many_candidates_of_any_shape()
    {
        ScoringRow row = await ReadOneAsync(
            """{"id":"r","messages":"Hi","candidates":[[{"f":{"a":1}}],[],{"calls":[{"f":{"a":1}}],"models":["m"]},{"text":"Which?"},{"role":"assistant","content":"Which?"},"Which?"]}""");

        row.Id.Should().Be("r");
        row.IsList.Should().BeTrue();
        row.Request.Candidates.Should().Equal(
            _f, Candidate.NoCall, _f, Candidate.FromText("Which?"), Candidate.FromText("Which?"), Candidate.FromText("Which?"));
    }

    [Theory]
    [InlineData("""{"messages":"Hi"}""", "in.jsonl:1: expected 'calls', 'text' or 'candidates', found only 'messages'")]
    [InlineData("""{"calls":[]}""", "in.jsonl:1: column 'prompt': the row has no such column, only 'calls'")]
    [InlineData("""{"messages":"Hi","candidates":[]}""", "in.jsonl:1: column 'candidates': expected a non-empty array of candidates, found an array []")]
    [InlineData("""{"messages":"Hi","candidates":[[],[{"f":1}]]}""", "in.jsonl:1: column 'candidates': $[1][0]: expected a tool call*")]
    [InlineData("""{"messages":"Hi","calls":"f(1)"}""", "in.jsonl:1: column 'calls': expected JSON, found 'f(1)' (at byte*")]
    [InlineData("""{"messages":"Hi","text":5}""", "in.jsonl:1: column 'text': expected a string, found the number 5")]
    public async Task A_bad_row_is_an_error_with_file_line_and_column(string line, string message)
    {
        Func<Task> read = () => ReadOneAsync(line);

        (await read.Should().ThrowAsync<DatasetException>()).Which.Message.Should().Match(message);
    }
}
