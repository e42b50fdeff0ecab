using Microsoft.Extensions.Logging;

namespace ToolRM.Training;

/// <summary>What training logs.</summary>
internal static partial class TrainingLog
{
    [LoggerMessage(1, LogLevel.Information,
        "Training on {Used} of {Read} pairs ({OverLength} too long, {Identical} with equal candidates left out), {Steps} steps")]
    public static partial void Started(ILogger logger, int used, int read, int overLength, int identical, int steps);

    [LoggerMessage(2, LogLevel.Information, "Continuing after step {Step}")]
    public static partial void Resumed(ILogger logger, int step);

    [LoggerMessage(3, LogLevel.Information,
        "Step {Step}/{Steps}: loss {Loss:F4}, accuracy {Accuracy:F4}, margin {Margin:F3}, gradient norm {GradientNorm:G3}, " +
        "learning rate {LearningRate:G3}, {TokensPerSecond:F0} tokens/s")]
    public static partial void Progress(
        ILogger logger, int step, int steps, double loss, double accuracy, double margin, double gradientNorm, double learningRate, double tokensPerSecond);

    [LoggerMessage(4, LogLevel.Information, "Step {Step}: held-out loss {Loss:F4}, accuracy {Accuracy:F4} ({Ties} ties of {Pairs} pairs)")]
    public static partial void Evaluated(ILogger logger, int step, double loss, double accuracy, int ties, int pairs);

    [LoggerMessage(5, LogLevel.Information, "Step {Step} is the best so far")]
    public static partial void NewBest(ILogger logger, int step);

    [LoggerMessage(6, LogLevel.Debug, "Saved the state after step {Step}")]
    public static partial void Saved(ILogger logger, int step);

    [LoggerMessage(7, LogLevel.Warning, "Cancelled after step {Step}; the same call continues from there")]
    public static partial void Cancelled(ILogger logger, int step);

    [LoggerMessage(8, LogLevel.Information,
        "Evaluating on {Used} of {Read} held-out pairs ({OverLength} too long, {Identical} with equal candidates left out)")]
    public static partial void HeldOut(ILogger logger, int used, int read, int overLength, int identical);

    [LoggerMessage(9, LogLevel.Information, "Computing on {Device}, {ElementType}, {Kernels} ({Reason})")]
    public static partial void Computing(ILogger logger, string device, string elementType, string kernels, string reason);

    [LoggerMessage(10, LogLevel.Warning,
        "Step {Step}: the device's memory does not suffice for {Tokens} tokens at once; going on with at most {Smaller}")]
    public static partial void SmallerMicroBatches(ILogger logger, int step, int tokens, int smaller);
}
