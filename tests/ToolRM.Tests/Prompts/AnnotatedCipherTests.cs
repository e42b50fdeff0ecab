using ToolRM.Prompts;
using ToolRM.Verification;

namespace ToolRM.Tests.Prompts;

/// <summary>What a cipher replaces in the annotated template: the names that the tools have, and nothing else.</summary>
public class AnnotatedCipherTests
{
    private static readonly string[] _names = ["zqfun", "zqother", "zqreq", "zqopt", "zqmiss", "zqleft"];

    private static readonly Tool[] _tools =
    [
        Tool.Create("zqfun", "Does something.", """
            {"properties":{"zqreq":{"type":"string","description":"A city"},"zqopt":{"type":"integer"},
            "zqmiss":{"type":"string"},"zqleft":{"type":"string"}},
            "required":["zqreq","zqmiss"]}
            """),
        Tool.Create("zqother", null),
    ];

    private static string Render(NameCipher? cipher, string user, params ToolCall[] calls)
    {
        var writer = new StringPromptWriter();
        var request = new RequestFacts(ToolPrompt.FromUser(user, _tools));
        var template = new AnnotatedTemplate(cipher);
        template.WritePrompt(request, writer);
        template.WriteCandidate(new CandidateFacts(request, Candidate.FromCalls(calls)), writer);
        return writer.ToString();
    }

    [Fact]
    public void Names_of_functions_and_parameters_are_replaced_everywhere_and_nothing_else_changes()
    {
        ToolCall[] calls =
        [
            ToolCall.Parse("zqfun", """{"zqreq":"Paris","zqopt":3,"zqnew":true}"""), ToolCall.Parse("zqother", "{}"),
            ToolCall.Parse("zqfun", """{"zqopt":"x"}"""),
            ToolCall.Parse("zqnone", """{"a":1}"""),
        ];
        var cipher = new NameCipher(5);

        string plain = Render(null, "Go to Paris in 3 days", calls), ciphered = Render(cipher, "Go to Paris in 3 days", calls);

        plain.Should().ContainAll(_names);
        ciphered.Should().NotContainAny(_names).And.ContainAll("zqnew", "zqnone", "Paris");
        ciphered
            .Should().Be(_names.Aggregate(plain, (text, name) => text.Replace(name, NameCipher.Apply(cipher, name), StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_said_and_given_stays_even_if_it_is_a_name()
    {
        string text = Render(new NameCipher(5), "The zqreq and zqfun please", ToolCall.Parse("zqfun", """{"zqreq":"zqfun"}"""));

        text
            .Should().Contain("<|user|> The zqreq and zqfun please").And.Contain("<|str|> zqfun<|g_exact|>").And.Contain("<|near|> the zqreq and _ please ");
        text.Should().NotContain("<|call|> zqfun").And.NotContain("<|req|> zqreq").And.NotContain("<|tool|> zqfun");
    }
}
