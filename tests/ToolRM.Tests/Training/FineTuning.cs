using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ToolRM.Checkpoints;
using ToolRM.Data;
using ToolRM.Models;
using ToolRM.Prompts;
using ToolRM.Tokenization;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

/// <summary>A small language model and pairs to make a reward model of it, on any engine.</summary>
internal static class FineTuning
{
    private static readonly string[] _cities = ["Oslo", "Lima", "Cairo", "Delhi", "Quito", "Rome", "Perth", "Accra"];

    private static readonly (string Tool, string Request)[] _uses =
    [
        ("weather", "how is the weather in"), ("time", "what time is it in"), ("hotels", "find me a bed for tonight in"), ("news", "what is going on in"),
    ];

    private static readonly Tool[] _tools =
    [
        .. _uses.Select(use => new Tool(use.Tool, null, JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""))),
    ];

    /// <summary>A run that is long enough.</summary>
    public static PairwiseTrainingOptions Options { get; } = new()
    {
        Epochs = 14, LearningRate = 4e-3, PairsPerStep = 20, EvaluationEvery = 1000, WeightDecay = 0, TokensPerMicroBatch = 2048, Seed = 3,
    };

    /// <summary>Requests for one of four tools; the wrong answer calls another, leaves the city out, or names another city.</summary>
    public static PreferencePair[] Pairs(int count) => [.. Enumerable.Range(0, count).Select(Pair)];

    /// <summary>Writes a language model as it is published: no reward head, no word of templates, and a tokenizer.</summary>
    public static void WriteLanguageModel(string folder, IReadOnlyList<PreferencePair> pairs)
    {
        PromptTemplate template = PromptTemplate.Get("compact");
        BpeTokenizer tokenizer = BpeTrainer.Train(
            pairs.Select(pair => template.Render(pair.Prompt, pair.Chosen)),
            new BpeTrainerOptions { VocabularySize = 400, SpecialTokens = [.. CompactTemplate.ControlTokens] });
        var config = new DecoderConfig
        {
            ModelType = "qwen3", VocabularySize = tokenizer.VocabularySize, HiddenSize = 32, IntermediateSize = 64, Layers = 2, Heads = 4,
            KeyValueHeads = 2, HeadSize = 8, HasQueryKeyNorm = true, TiesEmbeddings = true, MaxLength = 256,
        };
        Directory.CreateDirectory(folder);
        JsonNode json = JsonNode.Parse(HuggingFaceConfigWriter.Write(config, TensorType.F32))!;
        json["architectures"] = new JsonArray("Qwen3ForCausalLM");
        foreach (string ofClassification in (string[])["id2label", "label2id", "num_labels"])
        {
            json.AsObject().Remove(ofClassification);
        }

        File.WriteAllText(Path.Combine(folder, CheckpointFiles.Config), json.ToJsonString());
        using (FileStream tokens = File.Create(Path.Combine(folder, CheckpointFiles.Tokenizer)))
        {
            tokenizer.Save(tokens);
        }

        var values = new SeededInitializer(4, 0.08);
        SafetensorsWriter.Write(
            Path.Combine(folder, CheckpointFiles.Weights),
            [.. ParameterLayout.For(config).Where(parameter => parameter.Kind != ParameterKind.Head).Select(parameter => TensorToWrite.From(parameter, values))]);
    }

    /// <summary>The share of pairs of which a saved model prefers the right answer.</summary>
    public static async Task<double> AccuracyAsync(string folder, IReadOnlyList<PreferencePair> pairs, string device)
    {
        double[][] rewards = await RewardsAsync(folder, pairs, device);
        return rewards.Average(pair => pair[0] > pair[1] ? 1 : 0);
    }

    /// <summary>A saved model's rewards of each pair's answers, the right one first.</summary>
    public static async Task<double[][]> RewardsAsync(string folder, IReadOnlyList<PreferencePair> pairs, string device)
    {
        using RewardModel model = await RewardModel.LoadAsync(folder, new RewardModelOptions { Device = device, Threads = 1 });
        IReadOnlyList<IReadOnlyList<RewardScore>> scores =
            await model.ScoreAsync([.. pairs.Select(pair => new RewardRequest(pair.Prompt, [pair.Chosen, pair.Rejected]))]);
        return [.. scores.Select(pair => pair.Select(score => score.Reward).ToArray())];
    }

    private static PreferencePair Pair(int index)
    {
        (string tool, string request) = _uses[index % 4];
        string city = _cities[index / 4 % 8], id = index.ToString(CultureInfo.InvariantCulture);
        var prompt = new ToolPrompt([new ChatMessage(ChatRole.User, $"Request {id}: {request} {city}?")], _tools);
        Candidate wrong = (index / 32 % 3) switch
        {
            0 => Call(_uses[(index + 1 + (index / 4 % 3)) % 4].Tool, $$"""{"city":"{{city}}"}"""),
            1 => Call(tool, "{}"),
            _ => Call(tool, $$"""{"city":"{{_cities[((index / 4) + 1 + (index % 7)) % 8]}}"}"""),
        };
        return new PreferencePair(id, prompt, Call(tool, $$"""{"city":"{{city}}"}"""), wrong);

        static Candidate Call(string name, string arguments) => Candidate.FromCalls(new ToolCall(name, JsonElement.Parse(arguments)));
    }
}
