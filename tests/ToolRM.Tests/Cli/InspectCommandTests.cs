using System.Text.Json;
using ToolRM.Checkpoints;
using ToolRM.Models;
using ToolRM.Tests.Checkpoints;
using ToolRM.Tests.Golden;
using ToolRM.Tests.Scoring;

namespace ToolRM.Tests.Cli;

public class InspectCommandTests
{
    [Fact]
    public async Task Json_tells_all_there_is_to_know()
    {
        using var model = new TinyRewardModel();

        CommandRun run = await CommandRun.Of("inspect", model.Folder, "--json", "--kernel", "scalar", "--threads", "3");

        JsonElement summary = run.Succeeded().Json;
        summary.EnumerateObject().Select(property => property.Name).Should().Equal(
            "model", "architecture", "model_type", "parameters", "element_types", "shape", "tokenizer", "template", "head",
            "verifier_features", "kernel_plan", "notes", "warnings");
        summary.GetProperty("model").GetString().Should().Be(model.Folder);
        summary.GetProperty("architecture").GetString().Should().Be("Qwen3ForSequenceClassification");
        summary.GetProperty("parameters").GetInt64().Should().Be(ParameterLayout.For(model.Config).Sum(parameter => (long)parameter.Count));
        summary.GetProperty("shape").GetProperty("vocab_size").GetInt32().Should().Be(320);
        summary.GetProperty("tokenizer").GetProperty("type").GetString().Should().Be("byte-level BPE");
        summary.GetProperty("tokenizer").GetProperty("added_tokens").EnumerateArray().First().GetString().Should().Be("<|tools|>");
        summary.GetProperty("template").GetProperty("name").GetString().Should().Be("compact");
        summary.GetProperty("template").GetProperty("reason").GetString().Should().Contain("config.json");
        summary.GetProperty("kernel_plan").GetProperty("matmul").GetString().Should().Be("scalar");
        summary.GetProperty("kernel_plan").GetProperty("threads").GetInt32().Should().Be(3);
    }

    [Fact]
    public async Task Template_that_was_asked_for_says_so()
    {
        using var model = new TinyRewardModel(template: null);

        CommandRun unnamed = (await CommandRun.Of("inspect", model.Folder, "--json")).Succeeded();
        CommandRun asked = (await CommandRun.Of("inspect", model.Folder, "--json", "--template", "compact")).Succeeded();

        unnamed.Json.GetProperty("template").GetProperty("name").ValueKind.Should().Be(JsonValueKind.Null);
        unnamed.Json.GetProperty("template").GetProperty("reason").GetString().Should().Contain("does not say which prompt template");
        asked.Json.GetProperty("template").GetProperty("reason").GetString().Should().Be("asked for");
    }

    [Fact]
    public async Task Lines_for_people_name_everything()
    {
        CommandRun run = (await CommandRun.Of("inspect", GoldenFolder.Of("qwen3"))).Succeeded();

        run.Lines.Select(line => line.Split("  ")[0]).Should().StartWith(
            ["model", "architecture", "parameters", "shape", "tokenizer", "template", "head", "kernel plan"]);
        run.Output.Should().Contain("none (token ids only)").And.Contain("Qwen3ForSequenceClassification");
    }

    [Fact]
    public async Task Language_model_without_head_is_shown_with_a_warning()
    {
        using var folder = new TemporaryFolder();
        DecoderConfig config = ToolRM.Tests.Models.TestConfigs.Llama;
        CheckpointWriter.Save(folder.Path, config, new SeededInitializer(1), default);
        File.WriteAllBytes(folder.File("model.safetensors"), Headless(config));

        JsonElement summary = (await CommandRun.Of("inspect", folder.Path, "--json")).Succeeded().Json;

        summary.GetProperty("head").GetString().Should().Be("missing");
        summary.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString())
            .Should().Contain(text => text!.Contains("train --base"));
    }

    private static byte[] Headless(DecoderConfig config)
    {
        using var stream = new MemoryStream();
        TensorToWrite[] tensors =
        [
            .. ParameterLayout.For(config).Where(parameter => parameter.Kind != ParameterKind.Head)
                .Select(parameter => TensorToWrite.From(parameter, new SeededInitializer(1))),
        ];
        string path = Path.GetTempFileName();
        try
        {
            SafetensorsWriter.Write(path, tensors);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
