using ToolRM.Engines;
using ToolRM.Engines.Cpu;
using ToolRM.Engines.Devices;
using ToolRM.Models;

namespace ToolRM.Tests.Engines;

public sealed class EngineFactoryTests
{
    private static readonly DecoderConfig _config = TinyModels.Config("qwen3");
    private static readonly EngineFactory _alone = new(package: null);

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    public void Without_the_package_the_processor_computes(string device)
    {
        var request = new EngineRequest { Device = device, Threads = 2 };
        KernelPlan expected = CpuKernelSelector.Select(CpuCapabilities.Current, 2, Environment.GetEnvironmentVariable(CpuKernelSelector.Variable));
        _alone.Describe(_config, request).Should().Be(expected);
        using IRewardEngine scorer = _alone.CreateScorer(_config, new TinyModels.RandomSource(1), request);
        scorer.Should().BeOfType<CpuRewardEngine>().Which.Plan.Should().Be(expected);
        using ITrainingEngine trainer = _alone.CreateTrainer(_config, new TinyModels.RandomSource(1), request);
        trainer.Should().BeOfType<CpuTrainingEngine>();
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:3")]
    [InlineData("libtorch")]
    public void Without_the_package_other_devices_are_an_error_that_says_what_to_add(string device)
    {
        foreach (Action ask in (Action[])
        [
            () => _alone.Describe(_config, new EngineRequest { Device = device }),
            () => _alone.CreateScorer(_config, new TinyModels.RandomSource(1), new EngineRequest { Device = device }),
            () => _alone.CreateTrainer(_config, new TinyModels.RandomSource(1), new EngineRequest { Device = device }),
        ])
        {
            ask.Should().Throw<DeviceException>().WithMessage("*does not have the package ToolRM.TorchSharp*");
        }
    }

    [Theory]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:2", "cuda:2")]
    [InlineData("mps", "mps")]
    [InlineData("libtorch", "cpu")]
    [InlineData("auto", "auto")]
    public void The_package_is_asked_for_its_devices(string device, string asked)
    {
        var package = new RecordingProvider("cuda:0");
        var factory = new EngineFactory(package);
        var request = new EngineRequest { Device = device, Kernel = "bf16,math", Threads = 3, TokenBudget = 77 };
        factory.Describe(_config, request).Should().BeSameAs(package.Plan);
        package.Asked.Should().Be(request with { Device = asked });
        factory.Invoking(f => f.CreateScorer(_config, new TinyModels.RandomSource(1), request)).Should().Throw<NotSupportedException>().WithMessage(asked);
    }

    [Fact]
    public void The_processor_never_asks_the_package()
    {
        var package = new RecordingProvider("cuda:0");
        new EngineFactory(package).Describe(_config, new EngineRequest { Device = "cpu" }).Device.Should().Be("cpu");
        package.Asked.Should().BeNull();
    }

    [Fact]
    public void Auto_takes_the_own_engine_where_the_package_finds_only_the_processor_and_tells_why()
    {
        KernelPlan plan = new EngineFactory(new RecordingProvider("cpu")).Describe(_config, new EngineRequest());
        plan.Matmul.Should().Be(_alone.Describe(_config, new EngineRequest()).Matmul);
        plan.Reason.Should().EndWith("; as found");
    }

    [Fact]
    public void Auto_takes_the_own_engine_where_one_of_its_kernels_is_asked_for()
    {
        var package = new RecordingProvider("cuda:0");
        new EngineFactory(package).Describe(_config, new EngineRequest { Kernel = "scalar" }).Matmul.Should().Be("scalar");
        package.Asked.Should().BeNull();
    }

    [Theory]
    [InlineData("cpu", false, "*dotnet add package ToolRM.TorchSharp*")]
    [InlineData("auto", false, "*dotnet add package ToolRM.TorchSharp*")]
    [InlineData("cpu", true, "*Use one of those devices, or auto.*")]
    public void Adapters_are_refused_by_the_own_engine_with_what_to_do(string device, bool hasPackage, string message)
    {
        var factory = new EngineFactory(hasPackage ? new RecordingProvider("cuda:0") : null);
        var request = new EngineRequest { Device = device, Lora = new LoraOptions() };
        foreach (Action ask in (Action[])
        [
            () => factory.Describe(_config, request),
            () => factory.CreateTrainer(_config, new TinyModels.RandomSource(1), request),
        ])
        {
            ask.Should().Throw<DeviceException>().WithMessage("Adapters (LoRA) were asked for.*libtorch, cuda and mps*").WithMessage(message);
        }
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda:0")]
    public void Auto_with_adapters_takes_whatever_the_package_finds_and_says_why(string found)
    {
        var package = new RecordingProvider(found);
        KernelPlan plan = new EngineFactory(package).Describe(_config, new EngineRequest { Lora = new LoraOptions(), Seed = 7 });
        plan.Should().Be(package.Plan with { Reason = "as found; libtorch trains adapters" });
        (package.Asked!.Lora, package.Asked.Seed).Should().Be((new LoraOptions(), 7ul));
    }

    /// <summary>Stands for an engine of another package: remembers what it was asked for.</summary>
    private sealed class RecordingProvider(string found) : EngineProvider
    {
        public KernelPlan Plan { get; } = new(found, "bfloat16", "other", 1, "as found");

        public EngineRequest? Asked { get; private set; }

        public override KernelPlan Describe(DecoderConfig config, EngineRequest request)
        {
            Asked = request;
            return Plan;
        }

        public override IRewardEngine CreateScorer(DecoderConfig config, IParameterSource parameters, EngineRequest request) =>
            throw new NotSupportedException(request.Device);

        public override ITrainingEngine CreateTrainer(DecoderConfig config, IParameterSource parameters, EngineRequest request) =>
            throw new NotSupportedException(request.Device);
    }
}
