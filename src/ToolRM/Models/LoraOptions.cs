namespace ToolRM.Models;

/// <summary>
/// Fine-tuning by low-rank adapters (Hu et al., LoRA, arXiv 2106.09685): the model's matrices stay as they are, and to each of some
/// of them the product of two narrow ones is added, which are trained, together with the reward head. Immutable. libtorch trains
/// them: the devices <c>libtorch</c>, <c>cuda</c> and <c>mps</c>, and <c>auto</c> where the application has the package.
/// </summary>
public sealed record LoraOptions
{
    private static readonly string[] _modules = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    /// <summary>Width of the narrow matrices; at least 1. <value>Default: 16.</value></summary>
    public int Rank { get; init; } = 16;

    /// <summary>What is added is multiplied by this over <see cref="Rank"/>; above 0. <value>Default: 32.</value></summary>
    public double Alpha { get; init; } = 32;

    /// <summary>
    /// The matrices that get adapters, in every layer: some of <c>q_proj</c>, <c>k_proj</c>, <c>v_proj</c>, <c>o_proj</c>, <c>gate_proj</c>,
    /// <c>up_proj</c> and <c>down_proj</c>. <value>Default: all seven.</value>
    /// </summary>
    public IReadOnlyList<string> TargetModules { get; init; } = _modules;

    /// <summary>By what the added product is multiplied.</summary>
    internal double Scale => Alpha / Rank;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">A module is not one of the seven, or none is named.</exception>
    internal void Validate()
    {
        if (Rank < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(Rank), Rank, "Rank must be at least 1.");
        }

        if (!(Alpha > 0 && double.IsFinite(Alpha)))
        {
            throw new ArgumentOutOfRangeException(nameof(Alpha), Alpha, "Alpha must be a finite number above 0.");
        }

        if (TargetModules is null or [] || TargetModules.Except(_modules, StringComparer.Ordinal).Any())
        {
            throw new ArgumentException($"TargetModules must be some of {string.Join(", ", _modules)}.", nameof(TargetModules));
        }
    }
}
