using ToolRM.Models;

namespace ToolRM.Tests.Models;

public class DecoderConfigRulesTests
{
    public static TheoryData<string, Func<DecoderConfig, DecoderConfig>> Broken => new()
    {
        { "model_type", c => c with { ModelType = "gpt2" } },
        { "vocab_size", c => c with { VocabularySize = 0 } },
        { "vocab_size", c => c with { VocabularySize = int.MaxValue } },
        { "hidden_size", c => c with { HiddenSize = -12 } },
        { "hidden_size", c => c with { HiddenSize = int.MaxValue } },
        { "intermediate_size", c => c with { IntermediateSize = 0 } },
        { "num_hidden_layers", c => c with { Layers = 100_000 } },
        { "num_attention_heads", c => c with { Heads = 0 } },
        { "num_key_value_heads", c => c with { KeyValueHeads = 0 } },
        { "multiple of num_key_value_heads", c => c with { KeyValueHeads = 2 } },
        { "head_dim must be even", c => c with { HeadSize = 5 } },
        { "head_dim", c => c with { HeadSize = 1026 } },
        { "num_attention_heads x head_dim", c => c with { Heads = 4096, KeyValueHeads = 4096, HeadSize = 1024 } },
        { "max_position_embeddings", c => c with { MaxLength = 0 } },
        { "rms_norm_eps", c => c with { NormEpsilon = 0 } },
        { "rms_norm_eps", c => c with { NormEpsilon = double.NaN } },
        { "pad_token_id", c => c with { PadTokenId = 20 } },
        { "pad_token_id", c => c with { PadTokenId = -1 } },
        { "rope_theta", c => c with { Rotary = new() { Theta = double.NaN } } },
        { "factor", c => c with { Rotary = new() { Scaling = RotaryScaling.Linear, Factor = 0.5 } } },
        { "low_freq_factor", c => c with { Rotary = new() { Scaling = RotaryScaling.Llama3, LowFrequencyFactor = 4, HighFrequencyFactor = 4 } } },
        { "original_max_position", c => c with { Rotary = new() { Scaling = RotaryScaling.Llama3, OriginalMaxLength = 0 } } },
        { "bias", c => c with { HasAttentionBias = false } },
        { "query-key norm", c => c with { HasQueryKeyNorm = true } },
        { "tensor of more than", c => c with { VocabularySize = 1 << 24, HiddenSize = 1 << 12 } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void An_impossible_shape_is_named(string expected, Func<DecoderConfig, DecoderConfig> change) =>
        DecoderConfigRules.FindProblem(change(TestConfigs.Qwen2)).Should().Contain(expected);

    [Fact]
    public void A_possible_shape_has_no_problem()
    {
        DecoderConfigRules.FindProblem(TestConfigs.Qwen2).Should().BeNull();
        DecoderConfigRules.FindProblem(TestConfigs.Llama).Should().BeNull();
    }

    [Fact]
    public void A_large_published_shape_has_no_problem()
    {
        DecoderConfig llama405B = TestConfigs.Llama with
        {
            VocabularySize = 128_256, HiddenSize = 16_384, IntermediateSize = 53_248, Layers = 126,
            Heads = 128, KeyValueHeads = 8, HeadSize = 128, MaxLength = 131_072,
        };
        DecoderConfigRules.FindProblem(llama405B).Should().BeNull();
    }
}
