using System.Text.Json;
using ToolRM.Checkpoints;
using ToolRM.Models;
using ToolRM.Tests.Models;

namespace ToolRM.Tests.Checkpoints;

public class HuggingFaceConfigWriterTests
{
    public static TheoryData<string> Variants => new("qwen2", "qwen3", "mistral", "llama3", "linear", "bare");

    [Theory]
    [MemberData(nameof(Variants))]
    public void What_is_written_is_read_again(string variant)
    {
        DecoderConfig config = Variant(variant);
        HuggingFaceConfig read = HuggingFaceConfig.Read(HuggingFaceConfigWriter.Write(config, TensorType.F32), "config.json");
        read.Decoder.Should().Be(config);
        read.Architecture.Should().EndWith("ForSequenceClassification");
    }

    [Fact]
    public void The_file_says_what_Transformers_needs()
    {
        using JsonDocument document = JsonDocument.Parse(HuggingFaceConfigWriter.Write(Variant("llama3"), TensorType.BF16));
        JsonElement root = document.RootElement;
        root.GetProperty("architectures")[0].GetString().Should().Be("LlamaForSequenceClassification");
        root.GetProperty("num_labels").GetInt32().Should().Be(1);
        root.GetProperty("id2label").GetProperty("0").GetString().Should().Be("LABEL_0");
        root.GetProperty("torch_dtype").GetString().Should().Be("bfloat16");
        root.GetProperty("rope_scaling").GetProperty("factor").GetRawText().Should().Be("8.0", "Transformers wants a float");
    }

    [Fact]
    public void An_impossible_shape_is_not_written()
    {
        Action write = () => HuggingFaceConfigWriter.Write(TestConfigs.Qwen2 with { Layers = 0 }, TensorType.F32);
        write.Should().Throw<ArgumentException>().WithMessage("*num_hidden_layers*");
    }

    private static DecoderConfig Variant(string name) => name switch
    {
        "qwen2" => TestConfigs.Qwen2 with { Template = "tagged \"1\"", TiesEmbeddings = true },
        "qwen3" => TestConfigs.Llama with { ModelType = "qwen3", HasQueryKeyNorm = true, HeadSize = 6, NormEpsilon = 1e-5 },
        "mistral" => TestConfigs.Llama with { ModelType = "mistral", MaxLength = 8192 },
        "llama3" => TestConfigs.Llama with
        {
            Rotary = new() { Theta = 500_000, Scaling = RotaryScaling.Llama3, Factor = 8, LowFrequencyFactor = 0.5, HighFrequencyFactor = 4.25, OriginalMaxLength = 77 },
        },
        "linear" => TestConfigs.Llama with { Rotary = new() { Theta = 12345.678, Scaling = RotaryScaling.Linear, Factor = 1e5 } },
        _ => TestConfigs.Llama with { PadTokenId = null, VocabularySize = 5 },
    };
}
