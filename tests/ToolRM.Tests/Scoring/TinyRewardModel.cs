using ToolRM.Checkpoints;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Tests.Engines;
using ToolRM.Tokenization;

namespace ToolRM.Tests.Scoring;

/// <summary>A folder with a tiny random reward model and a tokenizer learnt from a few sentences.</summary>
internal sealed class TinyRewardModel : IDisposable
{
    public TinyRewardModel(string? template = "compact", bool withTokenizer = true, int maxLength = 4096)
    {
        string[] texts = ["weather in Paris tomorrow", "get_weather city days", "book a table for two people at seven", "[]"];
        BpeTokenizer tokenizer = BpeTrainer.Train(
            Enumerable.Repeat(texts, 4).SelectMany(text => text),
            new BpeTrainerOptions { VocabularySize = 320, SpecialTokens = CompactTemplate.ControlTokens });
        using var json = new MemoryStream();
        tokenizer.Save(json);
        Config = TinyModels.Config("qwen3") with { VocabularySize = 320, MaxLength = maxLength, Template = template, PadTokenId = null };
        CheckpointWriter.Save(Folder, Config, new TinyModels.RandomSource(3), withTokenizer ? json.ToArray() : default(ReadOnlyMemory<byte>));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("toolrm-tests-").FullName;

    public DecoderConfig Config { get; }

    public static ToolPrompt Prompt(params string[] messages) => new(
        [ChatMessage.System("Be brief."), .. messages.Select(ChatMessage.User)],
        [Tool.Create("get_weather", "The weather of a city", """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"]}""")]);

    public static Candidate[] Candidates { get; } =
    [
        Candidate.FromCalls(ToolCall.Parse("get_weather", """{"city":"Paris"}""")),
        Candidate.FromCalls(ToolCall.Parse("get_weather", """{"city":"Paris","days":"two"}""")),
        Candidate.FromCalls(ToolCall.Parse("book_table", """{"people":2}""")),
        Candidate.FromText("I cannot do that."),
        Candidate.NoCall,
    ];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
