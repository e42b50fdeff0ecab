using ToolRM.Data;
using ToolRM.Synthesis;

namespace ToolRM.Tests.Synthesis;

public sealed class GoldExamplesTests
{
    [Fact]
    public async Task Different_prompts_and_right_answers_are_collected_in_order()
    {
        GoldExample a = Travel.Golds[0], b = Travel.Golds[1];
        PreferencePair[] pairs =
        [
            new("1", a.Prompt, a.Gold, Candidate.NoCall) { Source = "here" }, new("2", a.Prompt, a.Gold, b.Gold), new("3", b.Prompt, b.Gold, a.Gold),
            new("4", a.Prompt, b.Gold, a.Gold), new("5", Copy(a.Prompt), a.Gold, b.Gold),
        ];

        IReadOnlyList<GoldExample> golds = await GoldExamples.CollectAsync(pairs.ToAsyncEnumerable());

        golds.Select(gold => gold.Id).Should().Equal("1", "3", "4");
        golds[0].Should().Be(new GoldExample("1", a.Prompt, a.Gold, "here"));
    }

    [Fact]
    public async Task Equal_tools_become_one_object()
    {
        GoldExample a = Travel.Golds[0], b = Travel.Golds[1];
        PreferencePair[] pairs = [new("1", Copy(a.Prompt), a.Gold, b.Gold), new("2", Copy(b.Prompt), b.Gold, a.Gold)];

        IReadOnlyList<GoldExample> golds = await GoldExamples.CollectAsync(pairs.ToAsyncEnumerable());

        golds[1].Prompt.Tools[0].Should().BeSameAs(golds[0].Prompt.Tools[0]);
    }

    private static ToolPrompt Copy(ToolPrompt prompt) => ToolPrompt.FromJson(prompt.ToJson());
}
