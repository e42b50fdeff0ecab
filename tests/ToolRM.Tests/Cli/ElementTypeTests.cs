using System.Text.Json;
using ToolRM.Engines.Cpu;
using ToolRM.Tests.Golden;

namespace ToolRM.Tests.Cli;

public class ElementTypeTests
{
    [Fact]
    public async Task Inspect_tells_the_kernels_of_both_kinds_of_products()
    {
        string[] inspect = ["inspect", GoldenFolder.Of("qwen3"), "--kernel", "scalar"];

        JsonElement int8 = (await CommandRun.Of([.. inspect, "--element-type", "int8", "--json"])).Succeeded().Json.GetProperty("kernel_plan");
        JsonElement float32 = (await CommandRun.Of([.. inspect, "--json"])).Succeeded().Json.GetProperty("kernel_plan");
        CommandRun lines = (await CommandRun.Of([.. inspect, "--element-type", "int8"])).Succeeded();

        int8.GetProperty("element_type").GetString().Should().Be("int8");
        int8.GetProperty("matmul").GetString().Should().Be("scalar");
        int8.GetProperty("int8_matmul").GetString().Should().Be("scalar");
        float32.GetProperty("element_type").GetString().Should().Be("float32");
        float32.GetProperty("int8_matmul").ValueKind.Should().Be(JsonValueKind.Null);
        lines.Output.Should().Contain("int8, scalar for weights and scalar for attention, ");
    }

    [Fact]
    public async Task Score_computes_in_the_type_that_is_asked_for()
    {
        const string Input = """{"ids":[5,6,7,8,9]}""";
        string[] score = ["score", "--model", GoldenFolder.Of("qwen3"), "--ids", "--json"];
        if (!CpuCapabilities.Current.Avx2)
        {
            score = [.. score, "--kernel", "scalar"];
        }

        double float32 = Reward(await CommandRun.OfInput(Input, [.. score, "--element-type", "float32"]));
        double int8 = Reward(await CommandRun.OfInput(Input, [.. score, "--element-type", "int8"]));

        Reward(await CommandRun.OfInput(Input, score)).Should().Be(float32);
        int8.Should().NotBe(float32).And.BeApproximately(float32, 0.05 * Math.Max(1, Math.Abs(float32)));

        static double Reward(CommandRun run) => run.Succeeded().Json.GetProperty("reward").GetDouble();
    }

    [Fact]
    public async Task Type_that_does_not_exist_is_wrong_usage()
    {
        CommandRun run = await CommandRun.Of("score", "--element-type", "int4");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("int4");
    }
}
