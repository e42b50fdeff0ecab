namespace ToolRM.Cli.Options;

/// <summary>A model while a command uses it.</summary>
internal sealed class LoadedModel(IRewardModel model) : IDisposable
{
    public IRewardModel Model { get; } = model;

    /// <summary>The model, if it is a transformer.</summary>
    /// <param name="option">The option that needs one.</param>
    /// <exception cref="UsageException">It is none.</exception>
    public RewardModel Transformer(string option) =>
        Model as RewardModel ?? throw new UsageException($"{option} needs a transformer, but the model is a verifier (--model, --verifier).");

    public void Dispose() => (Model as IDisposable)?.Dispose();
}
