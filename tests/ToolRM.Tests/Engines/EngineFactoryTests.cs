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
        KernelPlan own = CpuKernelSelector.Select(CpuCapabilities.Current, 2, Environment.GetEnvironmentVariable(CpuKernelSelector.Variable));
        KernelPlan expected = device == "cpu" ? own
            : own with { Reason = own.Reason + "; without the package ToolRM.TorchSharp the only device" };
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
    public void The_package_is_asked_for_its_devices(string device, string asked)
    {
        var package = new RecordingProvider("cuda:0");
        var factory = new EngineFactory(package);
        var request = new EngineRequest { Device = device, Kernel = "bfloat16,math", Threads = 3, TokenBudget = 77 };
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
        var package = new RecordingProvider(found: null);
        KernelPlan plan = new EngineFactory(package).Describe(_config, new EngineRequest());
        plan.Matmul.Should().Be(_alone.Describe(_config, new EngineRequest()).Matmul);
        plan.Reason.Should().EndWith("; as found");
        package.Asked.Should().BeNull();
    }

    [Fact]
    public void Auto_takes_the_graphics_processor_that_the_package_finds_and_tells_why()
    {
        var package = new RecordingProvider("cuda:1");
        var request = new EngineRequest { Kernel = "flash", Threads = 3 };
        new EngineFactory(package).Describe(_config, request).Should().BeSameAs(package.Plan);
        package.Asked.Should().Be(request with { Device = "cuda:1", DeviceReason = "as found" });
    }

    [Theory]
    [InlineData("scalar", ElementType.Float32, "kernel 'scalar'")]
    [InlineData("scalar", ElementType.Int8, "kernel 'scalar'")]
    [InlineData(null, ElementType.Int8, "int8")]
    public void Auto_takes_the_own_engine_where_something_of_it_is_asked_for_and_tells_why(string? kernel, ElementType type, string reason)
    {
        var request = new EngineRequest { Kernel = kernel, ElementType = type };
        if (kernel is null && !CpuKernelSelector.Available(CpuCapabilities.Current).Any(name => name is "avx512" or "avx2"))
        {
            return;
        }

        var package = new RecordingProvider("cuda:0");
        KernelPlan plan = new EngineFactory(package).Describe(_config, request);
        plan.Should().Be(_alone.Describe(_config, request with { Device = "cpu" }) with { Reason = plan.Reason });
        plan.Reason.Should().EndWith($"; the only device with {(kernel is null ? "" : "the ")}{reason}");
        package.Asked.Should().BeNull();
    }

    [Fact]
    public void Kernel_that_nothing_has_is_refused_by_auto_with_or_without_the_package()
    {
        foreach (EngineFactory factory in (EngineFactory[])[_alone, new(new RecordingProvider("cuda:0"))])
        {
            factory.Invoking(f => f.Describe(_config, new EngineRequest { Kernel = "abacus" }))
                .Should().Throw<ToolRMException>().WithMessage("*abacus*scalar*");
        }
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
    [InlineData(null, "cpu", "as found; libtorch trains adapters")]
    [InlineData("cuda:0", "cuda:0", "as found")]
    public void Auto_with_adapters_takes_whatever_the_package_finds_and_says_why(string? found, string device, string reason)
    {
        var package = new RecordingProvider(found);
        var request = new EngineRequest { Lora = new LoraOptions(), Seed = 7 };
        new EngineFactory(package).Describe(_config, request).Should().BeSameAs(package.Plan);
        package.Asked.Should().Be(request with { Device = device, DeviceReason = reason });
    }

    /// <summary>Stands for an engine of another package: remembers what it was asked for.</summary>
    private sealed class RecordingProvider(string? found) : EngineProvider
    {
        public KernelPlan Plan { get; } = new("some", "bfloat16", "other", 1, "as told");

        public EngineRequest? Asked { get; private set; }

        public override (DeviceName? Device, string Reason) FindGraphicsProcessor() =>
            (found is null ? null : DeviceName.Parse(found), "as found");

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
