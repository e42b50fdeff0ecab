using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Devices;
using ToolRM.TorchSharp.Training;

namespace ToolRM.TorchSharp;

/// <summary>What the core library finds by name (<see cref="EngineProvider"/>).</summary>
internal sealed class TorchSharpProvider : EngineProvider
{
    public override (DeviceName? Device, string Reason) FindGraphicsProcessor()
    {
        SelectedDevice best = DeviceSelector.Select(new DeviceName(DeviceKind.Auto), TorchRuntime.FindDevices());
        DeviceName device = best.Capabilities.Device;
        return (device.Kind == DeviceKind.LibTorch ? null : device, best.Reason);
    }

    public override KernelPlan Describe(DecoderConfig config, EngineRequest request) => TorchPlan.Choose(config, request).Describe();

    public override IRewardEngine CreateScorer(DecoderConfig config, IParameterSource parameters, EngineRequest request) =>
        new TorchRewardEngine(config, parameters, TorchPlan.Choose(config, request), request);

    public override ITrainingEngine CreateTrainer(DecoderConfig config, IParameterSource parameters, EngineRequest request) =>
        new TorchTrainingEngine(config, parameters, TorchPlan.ChooseForTraining(config, request), request);
}
