using ToolRM.Verification;

namespace ToolRM.Tests.Verification;

public class UnusedWordsTests
{
    private const string Request = "Please reserve a table for 4 people at Luigi tomorrow at noon, tomorrow!";

    private static readonly Tool[] _tools =
    [
        Tool.Create("book_place", "Reserves tables", """
            {"type":"object","properties":{"people":{"type":"integer"},"place":{"type":"string"},
            "tags":{"type":"array","items":{"type":"string"}},
            "extras":{"type":"object","properties":{"note":{"type":"string"}}}}}
            """),
        Tool.Create("now", null),
    ];

    private static string Of(string user, params ToolCall[] calls) => Of([ChatMessage.User(user)], Candidate.FromCalls(calls));

    private static string Of(IReadOnlyList<ChatMessage> messages, Candidate candidate) =>
        string.Join(' ', UnusedWords.Of(new CandidateFacts(new RequestFacts(new ToolPrompt(messages, _tools)), candidate)));

    private static ToolCall Book(string arguments) => ToolCall.Parse("book_place", arguments);

    [Theory]
    [InlineData("""{"people":4,"place":"Luigi"}""", "tomorrow noon")]
    [InlineData("""{"place":"Luigi"}""", "4 people tomorrow noon")]
    [InlineData("""{"people":4.0,"place":"at LUIGI's"}""", "4 tomorrow noon")]
    [InlineData("""{"people":4,"place":"Luigi tomorrow noon"}""", "")]
    [InlineData("""{"extras":{"note":["noon",{"x":"Luigi"}]}}""", "4 people tomorrow")]
    [InlineData("""{"tags":["4","tomorrows"]}""", "people luigi noon")]
    [InlineData("""{"people":true,"place":null}""", "4 luigi tomorrow noon")]
    [InlineData("""{"luigi":"noon"}""", "4 people luigi tomorrow")]
    [InlineData("{}", "4 people luigi tomorrow noon")]
    [InlineData("\"Luigi\"", "4 people luigi tomorrow noon")]
    public void Words_of_values_given_parameters_and_the_function_are_used(string arguments, string unused) =>
        Of(Request, Book(arguments)).Should().Be(unused);

    [Fact]
    public void Several_calls_use_words_together() =>
        Of(Request, Book("""{"people":4}"""), Book("""{"place":"Luigi"}"""), ToolCall.Parse("now", """{"x":"noon"}"""))
            .Should().Be("tomorrow");

    [Fact]
    public void The_name_of_an_unknown_function_is_no_use_but_its_values_are() =>
        Of("A table tomorrow", ToolCall.Parse("table", """{"x":"tomorrow"}""")).Should().Be("table");

    [Fact]
    public void Single_letters_and_stop_words_do_not_count_but_digits_do() => Of("x 5 the y7 z 0 it", Book("{}")).Should().Be("5 y7 0");

    [Fact]
    public void Words_of_one_stem_come_once_as_first_written() =>
        Of("Tickets, a TICKET and ticketing", Book("{}")).Should().Be("tickets");

    [Fact]
    public void Only_the_newest_message_of_the_user_counts() =>
        Of(
            [ChatMessage.User("In Rome"), ChatMessage.Assistant("For when?"), ChatMessage.User("Friday"), ChatMessage.Tool("Sunny")],
            Candidate.FromCalls(Book("{}"))).Should().Be("friday");

    [Fact]
    public void Without_calls_all_words_are_left_and_without_words_none()
    {
        Of([ChatMessage.User("Rome on Friday")], Candidate.NoCall).Should().Be("rome friday");
        Of([ChatMessage.System("Rome")], Candidate.FromCalls(Book("{}"))).Should().BeEmpty();
        Of([], Candidate.NoCall).Should().BeEmpty();
    }
}
