using System.Text;
using System.Text.Json;

namespace ToolRM.Tests.ToolCalls;

public class HostileJsonTests
{
    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    [Fact]
    public void Nesting_is_read_up_to_the_cap_and_no_deeper()
    {
        ToolCall.Parse("f", Nested(128)).Arguments.ValueKind.Should().Be(JsonValueKind.Array);
        Action deeper = () => ToolCall.Parse("f", Nested(129));
        Action bomb = () => Candidate.FromJson(Nested(100_000));

        deeper.Should().Throw<ToolFormatException>().WithMessage("*depth*128*");
        bomb.Should().Throw<ToolFormatException>();
    }

    [Fact]
    public void Documents_above_the_size_cap_are_refused()
    {
        Action read = () => ToolPrompt.FromJson(new string(' ', (64 << 20) + 1));

        read.Should().Throw<ToolFormatException>().WithMessage("*at most 67108864 characters*");
    }

    [Theory]
    [InlineData("""{"a":"\ud83d"}""")]
    [InlineData("""{"a":"\ude00"}""")]
    [InlineData("""{"a":"\ud83dx"}""")]
    [InlineData("""{"a":"\ud83d\n"}""")]
    [InlineData("""{"a":"\ud83d\ud83d\ude00"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"a":"\uD83D\\uDE00"}""")]
    public void Halves_of_surrogate_pairs_are_refused_everywhere(string json)
    {
        Action create = () => ToolCall.Parse("f", json);
        Action construct = () => _ = new ToolCall("f", JsonDocument.Parse(json).RootElement);
        Action read = () => Candidate.FromJson(JsonDocument.Parse($"[{json}]").RootElement);

        create.Should().Throw<ToolFormatException>().WithMessage("*surrogate*");
        construct.Should().Throw<ToolFormatException>().WithMessage("*surrogate*");
        read.Should().Throw<ToolFormatException>().WithMessage("*surrogate*");
    }

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""", "😀")]
    [InlineData("""{"a":"\\ud83d"}""", "\\ud83d")]
    [InlineData("""{"a":"\u00e9\\"}""", "é\\")]
    public void Escapes_that_are_valid_are_read(string json, string expected) =>
        ToolCall.Parse("f", json).Arguments.GetProperty("a").GetString().Should().Be(expected);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        byte[] json = [.. "[{\"f\":{\"a\":\""u8, 0xC3, 0x28, .. "\"}}]"u8];
        using JsonDocument document = JsonDocument.Parse(json);
        Action read = () => Candidate.FromJson(document.RootElement);

        read.Should().Throw<ToolFormatException>().WithMessage("*UTF-8*");
    }

    [Fact]
    public void A_property_given_twice_is_refused()
    {
        Action read = () => ToolCall.Parse("f", """{"a":1,"a":2}""");

        read.Should().Throw<ToolFormatException>();
        ToolCall.FromJson("""{"name":"f","arguments":"{\"a\":1,\"a\":2}"}""").Arguments.ValueKind.Should().Be(JsonValueKind.String);
    }

    [Fact]
    public void Errors_stay_short_and_on_one_line()
    {
        Action read = () => ChatMessage.FromJson($$"""{"role":"{{new string('x', 100_000)}}\n\u0007"}""");

        read.Should().Throw<ToolFormatException>().Which.Message.Should().Match(message => message.Length < 300 && !message.Any(char.IsControl));
    }

    [Fact]
    public void An_undefined_element_is_refused()
    {
        Action read = () => Candidate.FromJson(default(JsonElement));

        read.Should().Throw<ToolFormatException>().WithMessage("*undefined*");
    }

    [Fact]
    public void Random_damage_to_a_document_never_escapes_as_another_exception()
    {
        byte[] good = Encoding.UTF8.GetBytes("""{"messages":[{"role":"user","content":"h\u00e9"},{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"f","arguments":"{\"a\":[1,\"\\ud83d\\ude00\"]}"}}]}],"tools":[{"name":"f","parameters":{"type":"object"}}]}""");
        var random = new Random(3);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bad = [.. good];
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(32, 127);
            }

            try
            {
                _ = ToolPrompt.FromJson(Encoding.UTF8.GetString(bad)).ToJson();
            }
            catch (ToolFormatException)
            {
                // The only exception a reader may throw.
            }
        }
    }
}
