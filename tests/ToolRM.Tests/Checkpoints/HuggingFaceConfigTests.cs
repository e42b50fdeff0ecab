using System.Text;
using System.Text.Json.Nodes;
using ToolRM.Checkpoints;
using ToolRM.Models;
using ToolRM.Tests.Golden;

namespace ToolRM.Tests.Checkpoints;

public class HuggingFaceConfigTests
{
    private const string Qwen2 = """
        {"architectures":["Qwen2ForSequenceClassification"],"model_type":"qwen2","vocab_size":96,"hidden_size":48,"intermediate_size":80,
         "num_hidden_layers":2,"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":32768,"rms_norm_eps":1e-06,
         "rope_theta":1000000.0,"rope_scaling":null,"pad_token_id":0,"id2label":{"0":"LABEL_0"},"hidden_act":"silu",
         "sliding_window":null,"use_sliding_window":false,"tie_word_embeddings":true,"future_key":{"a":[1]}}
        """;

    [Fact]
    public void Golden_qwen2_is_read()
    {
        DecoderConfig config = ReadGolden("qwen2");
        config.Should().BeEquivalentTo(new
        {
            ModelType = "qwen2", VocabularySize = 96, HiddenSize = 48, IntermediateSize = 80, Layers = 2, Heads = 4, KeyValueHeads = 2,
            HeadSize = 12, NormEpsilon = 1e-6, HasAttentionBias = true, HasQueryKeyNorm = false, TiesEmbeddings = false,
            PadTokenId = 0, MaxLength = 128, Template = (string?)null,
        });
        config.Rotary.Should().Be(new RotaryConfig { Theta = 1e6 });
    }

    [Fact]
    public void Golden_qwen3_is_read()
    {
        DecoderConfig config = ReadGolden("qwen3");
        config.HeadSize.Should().Be(16);
        config.HasQueryKeyNorm.Should().BeTrue();
        config.HasAttentionBias.Should().BeFalse();
        config.TiesEmbeddings.Should().BeTrue();
        config.PadTokenId.Should().Be(5);
    }

    [Fact]
    public void Golden_llama_rope_scaling_is_read_in_both_forms()
    {
        ReadGolden("llama").Rotary.Should().Be(new RotaryConfig
        {
            Theta = 500_000, Scaling = RotaryScaling.Llama3, Factor = 8, LowFrequencyFactor = 1, HighFrequencyFactor = 4, OriginalMaxLength = 256,
        });
        ReadGolden("llama-linear").Rotary.Should().Be(new RotaryConfig { Theta = 10_000, Scaling = RotaryScaling.Linear, Factor = 4 });
    }

    [Theory]
    [InlineData("type")]
    [InlineData("rope_type")]
    public void Both_names_of_the_rope_type_are_read(string key)
    {
        Read(c => c["rope_scaling"] = new JsonObject { [key] = "linear", ["factor"] = 2 }).Rotary
            .Should().Be(new RotaryConfig { Theta = 1e6, Scaling = RotaryScaling.Linear, Factor = 2 });
        Read(c => c["rope_scaling"] = new JsonObject { [key] = "default" }).Rotary.Should().Be(new RotaryConfig { Theta = 1e6 });
        Read(c => c["rope_parameters"] = new JsonObject { ["rope_theta"] = 5.0 }).Rotary.Should().Be(new RotaryConfig { Theta = 5 });
    }

    [Fact]
    public void Missing_values_take_the_defaults_of_the_family()
    {
        DecoderConfig config = Read(c =>
        {
            foreach (string key in new[] { "num_key_value_heads", "rope_theta", "rms_norm_eps", "pad_token_id", "tie_word_embeddings", "hidden_act" })
            {
                c.Remove(key);
            }
        });
        config.KeyValueHeads.Should().Be(4);
        config.HeadSize.Should().Be(12);
        config.Rotary.Theta.Should().Be(10_000);
        config.NormEpsilon.Should().Be(1e-6);
        config.PadTokenId.Should().BeNull();
        config.TiesEmbeddings.Should().BeFalse();
        Read(c => Become(c, "qwen3", "Qwen3")).HeadSize.Should().Be(128);
        Read(c => { Become(c, "llama", "Llama"); c["head_dim"] = 20; }).HeadSize.Should().Be(20);
    }

    [Fact]
    public void The_pad_token_is_looked_for_in_the_text_config_and_a_negative_one_is_none()
    {
        Read(c => { c["pad_token_id"] = null; c["text_config"] = new JsonObject { ["pad_token_id"] = 7 }; }).PadTokenId.Should().Be(7);
        Read(c => c["pad_token_id"] = -1).PadTokenId.Should().BeNull();
    }

    [Theory]
    [InlineData("2", false)]
    [InlineData("0", true)]
    [InlineData("[1,0]", true)]
    [InlineData("null", false)]
    public void A_pad_token_that_ends_sequences_is_noted(string eos, bool noted) =>
        ReadAll(c => c["eos_token_id"] = JsonNode.Parse(eos)).Notes.Any(n => n.Contains("end token")).Should().Be(noted);

    [Theory]
    [InlineData("mistral", "Mistral", """{"sliding_window":100}""", 100)]
    [InlineData("mistral", "Mistral", """{"sliding_window":null}""", 32768)]
    [InlineData("mistral", "Mistral", """{"sliding_window":100000}""", 32768)]
    [InlineData("mistral", "Mistral", """{"sliding_window":"absent"}""", 4096)]
    [InlineData("qwen2", "Qwen2", """{"sliding_window":100}""", 32768)]
    [InlineData("qwen2", "Qwen2", """{"sliding_window":100,"use_sliding_window":true}""", 32768)]
    [InlineData("qwen2", "Qwen2", """{"sliding_window":100,"use_sliding_window":true,"max_window_layers":1}""", 100)]
    [InlineData("qwen2", "Qwen2", """{"sliding_window":100,"use_sliding_window":true,"max_window_layers":2}""", 32768)]
    [InlineData("qwen2", "Qwen2", """{"sliding_window":100,"use_sliding_window":true,"layer_types":["full_attention","sliding_attention"]}""", 100)]
    [InlineData("qwen2", "Qwen2", """{"sliding_window":100,"use_sliding_window":true,"layer_types":["full_attention","full_attention"],"max_window_layers":0}""", 32768)]
    [InlineData("llama", "Llama", """{"sliding_window":100}""", 32768)]
    public void An_active_attention_window_limits_the_length(string modelType, string prefix, string changes, int expected)
    {
        HuggingFaceConfig config = ReadAll(c =>
        {
            Become(c, modelType, prefix);
            foreach ((string key, JsonNode? value) in JsonNode.Parse(changes)!.AsObject())
            {
                if (value?.ToString() == "absent")
                {
                    c.Remove(key);
                }
                else
                {
                    c[key] = value?.DeepClone();
                }
            }
        });
        config.Decoder.MaxLength.Should().Be(expected);
        config.Notes.Any(n => n.Contains("sliding-window")).Should().Be(expected < 32768);
    }

    [Theory]
    [InlineData("""{"model_type":"gemma2"}""", "*model_type must be one of qwen2, qwen3, llama, mistral, but is 'gemma2'*")]
    [InlineData("""{"model_type":null}""", "*is missing*")]
    [InlineData("""{"model_type":3}""", "*must be a string*")]
    [InlineData("""{"architectures":["Qwen2ForRewardModel"]}""", "*Qwen2ForSequenceClassification*Qwen2ForCausalLM*Qwen2ForRewardModel*")]
    [InlineData("""{"architectures":["LlamaForSequenceClassification"]}""", "*architectures*")]
    [InlineData("""{"architectures":"Qwen2"}""", "*array of strings*")]
    [InlineData("""{"id2label":{"0":"a","1":"b"}}""", "*one label*2*")]
    [InlineData("""{"id2label":{}}""", "*one label*")]
    [InlineData("""{"id2label":[1]}""", "*one label*")]
    [InlineData("""{"num_labels":2}""", "*one label*2*")]
    [InlineData("""{"quantization_config":{"quant_method":"gptq"}}""", "*quantized*")]
    [InlineData("""{"hidden_act":"gelu"}""", "*silu*gelu*")]
    [InlineData("""{"mlp_bias":true}""", "*mlp_bias must be false*")]
    [InlineData("""{"rope_scaling":{"rope_type":"yarn","factor":4.0}}""", "*default, linear or llama3*'yarn'*")]
    [InlineData("""{"rope_scaling":{"type":"dynamic","factor":4.0}}""", "*'dynamic'*")]
    [InlineData("""{"rope_scaling":{"factor":4.0}}""", "*no rope_type*")]
    [InlineData("""{"rope_scaling":{"rope_type":"linear"}}""", "*'rope_scaling.factor' is missing*")]
    [InlineData("""{"rope_scaling":{"rope_type":"linear","factor":0.5}}""", "*factor must be between 1*")]
    [InlineData("""{"rope_scaling":{"rope_type":"llama3","factor":8,"low_freq_factor":4,"high_freq_factor":1,"original_max_position_embeddings":8}}""", "*low_freq_factor < high_freq_factor*")]
    [InlineData("""{"rope_scaling":5}""", "*'rope_scaling' must be an object*")]
    [InlineData("""{"rope_parameters":{"full_attention":{"rope_type":"default"}}}""", "*one rope_type*")]
    [InlineData("""{"partial_rotary_factor":0.5}""", "*partial_rotary_factor*")]
    [InlineData("""{"layer_types":["full_attention","linear_attention"]}""", "*layer_types*linear_attention*")]
    [InlineData("""{"use_sliding_window":true,"sliding_window":0,"max_window_layers":0}""", "*sliding_window*at least 1*")]
    [InlineData("""{"hidden_size":50}""", "*hidden_size (50) is not a multiple of num_attention_heads (4)*")]
    [InlineData("""{"num_attention_heads":0}""", "*num_attention_heads*")]
    [InlineData("""{"num_key_value_heads":3}""", "*multiple of num_key_value_heads*")]
    [InlineData("""{"hidden_size":99999999999}""", "*'hidden_size' must be a whole number*")]
    [InlineData("""{"hidden_size":48.5}""", "*'hidden_size' must be a whole number*")]
    [InlineData("""{"hidden_size":"48"}""", "*'hidden_size' must be a whole number*")]
    [InlineData("""{"num_hidden_layers":-1}""", "*num_hidden_layers must be between 1*")]
    [InlineData("""{"num_hidden_layers":2147483647}""", "*num_hidden_layers must be between 1*")]
    [InlineData("""{"vocab_size":null}""", "*'vocab_size' is missing*")]
    [InlineData("""{"head_dim":13}""", "*even*")]
    [InlineData("""{"rms_norm_eps":1e999}""", "*'rms_norm_eps' must be a number*")]
    [InlineData("""{"pad_token_id":96}""", "*pad_token_id*below vocab_size*")]
    [InlineData("""{"toolrm":"x"}""", "*'toolrm' must be an object*")]
    public void What_is_not_supported_or_impossible_is_a_typed_error(string changes, string message)
    {
        Action read = () => Read(c =>
        {
            foreach ((string key, JsonNode? value) in JsonNode.Parse(changes)!.AsObject())
            {
                c[key] = value?.DeepClone();
            }
        });
        read.Should().Throw<CheckpointException>().WithMessage("config.json: " + message);
    }

    [Theory]
    [InlineData("llama", "Llama")]
    [InlineData("qwen3", "Qwen3")]
    public void An_output_projection_bias_is_not_supported(string modelType, string prefix)
    {
        Action read = () => Read(c => { Become(c, modelType, prefix); c["attention_bias"] = true; });
        read.Should().Throw<CheckpointException>().WithMessage("*attention_bias must be false*");
    }

    [Fact]
    public void A_language_model_is_read_whatever_its_labels() =>
        ReadAll(c => { c["architectures"] = new JsonArray("Qwen2ForCausalLM"); c["id2label"] = new JsonObject { ["0"] = "a", ["1"] = "b" }; })
            .Architecture.Should().Be("Qwen2ForCausalLM");

    [Fact]
    public void Damaged_files_never_do_worse_than_a_typed_error()
    {
        byte[] good = Encoding.UTF8.GetBytes(Qwen2);
        var random = new Random(5);
        for (int length = 0; length < good.Length - 1; length++)
        {
            Attempt(good.AsMemory(0, length)).Should().BeFalse();
        }

        ReadOnlySpan<byte> alphabet = "{}[]\",:0123456789-eE\\u d\0\xFF"u8;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] changed = (byte[])good.Clone();
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = alphabet[random.Next(alphabet.Length)];
            }

            Attempt(changed);
        }

        Attempt(good).Should().BeTrue();
        Attempt(Encoding.UTF8.GetBytes("""{"model_type":"\ud800"}""")).Should().BeFalse();
        Attempt(Encoding.UTF8.GetBytes(new string('[', 100_000))).Should().BeFalse();
    }

    private static bool Attempt(ReadOnlyMemory<byte> json)
    {
        try
        {
            HuggingFaceConfig.Read(json, "config.json");
            return true;
        }
        catch (CheckpointException)
        {
            return false;
        }
    }

    private static void Become(JsonObject config, string modelType, string prefix)
    {
        config["model_type"] = modelType;
        config["architectures"] = new JsonArray(prefix + "ForSequenceClassification");
    }

    private static DecoderConfig ReadGolden(string model) =>
        HuggingFaceConfig.Read(File.ReadAllBytes(Path.Combine(GoldenFolder.Of(model), "config.json")), model).Decoder;

    private static DecoderConfig Read(Action<JsonObject> change) => ReadAll(change).Decoder;

    private static HuggingFaceConfig ReadAll(Action<JsonObject> change)
    {
        JsonObject config = JsonNode.Parse(Qwen2)!.AsObject();
        change(config);
        return HuggingFaceConfig.Read(Encoding.UTF8.GetBytes(config.ToJsonString()), "config.json");
    }
}
