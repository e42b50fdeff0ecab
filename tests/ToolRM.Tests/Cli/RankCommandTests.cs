using System.Text.Json;
using ToolRM.Tests.Scoring;

namespace ToolRM.Tests.Cli;

public sealed class RankCommandTests : IDisposable
{
    private const string Row = """
        {"id":"q1","prompt":"Weather in Paris?","tools":[{"name":"get_weather","parameters":{"type":"object"}}],"candidates":
        [[],"I cannot.",[{"name":"get_weather","arguments":{"city":"Paris"}}],"I cannot."]}
        """;

    private readonly TinyRewardModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Candidates_come_best_first_and_equal_ones_keep_their_order()
    {
        JsonElement answer = (await CommandRun.OfInput(Row.ReplaceLineEndings(""), ["rank", "--model", _model.Folder, "--json"])).Succeeded().Json;

        answer.EnumerateObject().Select(property => property.Name).Should().Equal("id", "ranking");
        JsonElement[] ranking = [.. answer.GetProperty("ranking").EnumerateArray()];
        ranking.Should().AllSatisfy(item => item.EnumerateObject().Select(property => property.Name).Should().Equal("index", "reward"));
        int[] indices = [.. ranking.Select(item => item.GetProperty("index").GetInt32())];
        indices.Should().BeEquivalentTo([0, 1, 2, 3]);
        ranking.Select(item => item.GetProperty("reward").GetDouble()).Should().BeInDescendingOrder();
        Array.IndexOf(indices, 3).Should().Be(Array.IndexOf(indices, 1) + 1);
    }

    [Fact]
    public async Task Table_for_people_shows_what_each_candidate_does()
    {
        CommandRun run = (await CommandRun.OfInput(Row.ReplaceLineEndings(""), ["rank", "--model", _model.Folder])).Succeeded();

        run.Output.Should().ContainAll("q1", """get_weather({"city":"Paris"})""", "(no call)", "I cannot.");
    }

    [Fact]
    public async Task Control_characters_of_a_candidate_do_not_reach_the_terminal()
    {
        string row = """{"prompt":"Hi","candidates":["\u001b[2Jgone"]}""";

        CommandRun run = (await CommandRun.OfInput(row, ["rank", "--model", _model.Folder])).Succeeded();

        run.Output.Should().Contain("gone").And.NotContain("\u001b");
    }

    [Fact]
    public async Task Row_without_candidates_is_an_error()
    {
        CommandRun run = await CommandRun.OfInput("""{"prompt":"Hello","text":"Hi"}""", ["rank", "--model", _model.Folder]);

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("<stdin>:1: expected 'candidates' to rank, found only 'prompt', 'text'");
    }
}
