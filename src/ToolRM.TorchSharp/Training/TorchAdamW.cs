using ToolRM.Engines;
using TorchSharp;
using static TorchSharp.torch;

namespace ToolRM.TorchSharp.Training;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101), as the managed engine computes it.</summary>
internal static class TorchAdamW
{
    /// <summary>Values updated at a time: what bounds the memory for intermediate results.</summary>
    private const long ChunkLength = 1L << 25;

    /// <summary>Updates all parameters and clears their gradients.</summary>
    public static void Apply(in AdamWStep step, FlatParameters parameters)
    {
        using var grad = no_grad();
        for (long first = 0; first < parameters.Count;)
        {
            bool decays = first < parameters.DecayingCount;
            long count = Math.Min(ChunkLength, (decays ? parameters.DecayingCount : parameters.Count) - first);
            Apply(step, decays, parameters, first, count);
            first += count;
        }
    }

    /// <summary>The L2 norm of all gradients.</summary>
    public static double GradientNorm(FlatParameters parameters)
    {
        using var grad = no_grad();
        double sum = 0;
        for (long first = 0; first < parameters.Count; first += ChunkLength)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor gradient = parameters[ParameterPart.Gradient].narrow(0, first, Math.Min(ChunkLength, parameters.Count - first));
            var part = new float[1];
            RewardTransfer.Read(gradient.mul(gradient).sum(0, keepdim: true), part);
            sum += part[0];
        }

        return Math.Sqrt(sum);
    }

    private static void Apply(in AdamWStep step, bool decays, FlatParameters parameters, long first, long count)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor Part(ParameterPart part) => parameters[part].narrow(0, first, count);
        Tensor value = Part(ParameterPart.Value), gradient = Part(ParameterPart.Gradient);
        Tensor mean = Part(ParameterPart.FirstMoment), square = Part(ParameterPart.SecondMoment);
        double correction1 = 1 - Math.Pow(step.Beta1, step.Step), correction2 = 1 - Math.Pow(step.Beta2, step.Step);

        gradient.ScaleInPlace(step.GradientScale);
        mean.ScaleInPlace(step.Beta1).AddInPlace(gradient, 1 - step.Beta1);
        square.ScaleInPlace(step.Beta2).AddProductInPlace(gradient, gradient, 1 - step.Beta2);
        Tensor root = square.sqrt().ScaleInPlace(1 / Math.Sqrt(correction2)).AddInPlace(step.Epsilon);
        if (decays)
        {
            value.ScaleInPlace(1 - (step.LearningRate * step.WeightDecay));
        }

        value.AddQuotientInPlace(mean, root, -step.LearningRate / correction1);
        gradient.ClearInPlace();
    }
}
