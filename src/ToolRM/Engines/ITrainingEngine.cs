using ToolRM.Models;

namespace ToolRM.Engines;

/// <summary>An engine that also learns: forward with kept activations, backward, and AdamW on its own device.</summary>
internal interface ITrainingEngine : IRewardEngine
{
    /// <summary>The parameters that are trained: all of <see cref="ParameterLayout"/> or of <see cref="LoraLayout"/>, in their fixed order.</summary>
    IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <summary>As <see cref="IRewardEngine.Score"/>, keeping what <see cref="Backward"/> needs.</summary>
    void Forward(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken);

    /// <summary>Adds to the gradients those of sum(reward[i] * rewardGradients[i]) over the leaves of the last <see cref="Forward"/>.</summary>
    void Backward(ReadOnlySpan<float> rewardGradients, CancellationToken cancellationToken);

    /// <summary>The L2 norm of all gradients together.</summary>
    double GradientNorm();

    /// <summary>One AdamW step on the accumulated gradients, which are zero afterwards.</summary>
    void Step(in AdamWStep step);

    /// <summary>
    /// Copies a parameter, one of its AdamW moments, or its gradient out. Of a parameter of <see cref="ParameterLayout"/> that is not
    /// trained the value can be read: with what adapters add to it.
    /// </summary>
    void Read(ParameterInfo parameter, ParameterPart part, Span<float> destination);

    /// <summary>Copies a parameter, one of its AdamW moments, or its gradient in.</summary>
    void Write(ParameterInfo parameter, ParameterPart part, ReadOnlySpan<float> source);
}

/// <summary>What is stored for each trained parameter.</summary>
internal enum ParameterPart
{
    Value,
    Gradient,
    FirstMoment,
    SecondMoment,
}

/// <summary>The numbers of one AdamW step (Loshchilov and Hutter, arXiv 1711.05101).</summary>
/// <param name="Step">The step's number, from 1, for the bias correction.</param>
/// <param name="LearningRate">The learning rate of this step.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="WeightDecay">Decoupled decay, applied to parameters with <see cref="ParameterInfo.Decays"/>.</param>
/// <param name="GradientScale">Gradients are multiplied by it first (clipping, averaging).</param>
internal readonly record struct AdamWStep(
    int Step, double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, double GradientScale);
