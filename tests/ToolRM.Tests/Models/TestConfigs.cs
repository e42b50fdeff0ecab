using ToolRM.Models;

namespace ToolRM.Tests.Models;

/// <summary>Small possible shapes.</summary>
internal static class TestConfigs
{
    public static DecoderConfig Qwen2 { get; } = new()
    {
        ModelType = "qwen2",
        VocabularySize = 20,
        HiddenSize = 12,
        IntermediateSize = 18,
        Layers = 2,
        Heads = 3,
        KeyValueHeads = 1,
        HeadSize = 4,
        HasAttentionBias = true,
        PadTokenId = 3,
        MaxLength = 64,
    };

    public static DecoderConfig Llama { get; } = Qwen2 with { ModelType = "llama", HasAttentionBias = false };
}
