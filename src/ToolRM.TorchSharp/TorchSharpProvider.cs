using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.TorchSharp.Training;

namespace ToolRM.TorchSharp;

/// <summary>What the core library finds by name (<see cref="EngineProvider"/>).</summary>
internal sealed class TorchSharpProvider : EngineProvider
{
    public override KernelPlan Describe(DecoderConfig config, EngineRequest request)
    {
        TorchPlan plan = TorchPlan.Choose(config, request);

        // Where 'auto' finds only the processor, this engine is not used, and libtorch need not be there.
        if (!plan.IsProcessor || DeviceName.Parse(request.Device).Kind != DeviceKind.Auto)
        {
            plan.Open();
        }

        return plan.Describe();
    }

    public override IRewardEngine CreateScorer(DecoderConfig config, IParameterSource parameters, EngineRequest request) =>
        new TorchRewardEngine(config, parameters, TorchPlan.Choose(config, request), request);

    public override ITrainingEngine CreateTrainer(DecoderConfig config, IParameterSource parameters, EngineRequest request) =>
        new TorchTrainingEngine(config, parameters, TorchPlan.ChooseForTraining(config, request), request);
}
