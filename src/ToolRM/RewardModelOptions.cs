using Microsoft.Extensions.Logging;
using ToolRM.Tokenization;

namespace ToolRM;

/// <summary>The arithmetic a model runs in.</summary>
public enum ElementType
{
    /// <summary>32-bit floating point: what every checkpoint can run in, and what scores are compared against.</summary>
    Float32,

    /// <summary>
    /// Products with weight matrices in 8-bit integers, with a scale for every 64 inputs of an output and of a token; all else
    /// as <see cref="Float32"/>. Faster, with a little more than a quarter of the memory; rewards differ a little from those of
    /// <see cref="Float32"/>. Needs a processor with AVX2; AVX-512 and AVX-VNNI make it faster.
    /// </summary>
    Int8,
}

/// <summary>What happens to a request that is longer than the model's maximum.</summary>
public enum OverLengthPolicy
{
    /// <summary>It is refused with an <see cref="OverLengthException"/>; nothing of the batch is scored.</summary>
    Reject,

    /// <summary>
    /// The oldest messages are left out, one by one, until it fits; system messages and the newest message stay. Each score
    /// says how many are missing (<see cref="RewardScore.DroppedMessages"/>). If that is not enough, it is refused.
    /// </summary>
    DropOldestMessages,
}

/// <summary>How a <see cref="RewardModel"/> runs. Immutable.</summary>
public sealed record RewardModelOptions
{
    /// <summary>Number of threads of one forward pass, at least 1. <value>Default: the number of logical processors.</value></summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Longest sequence of prompt and candidate, in tokens, at least 1. <value>Default: <see langword="null"/>, the model's own
    /// maximum, which a larger number does not raise.</value>
    /// </summary>
    public int? MaxLength { get; init; }

    /// <summary>
    /// Most tokens computed in one forward pass, at least 1: memory for intermediate results grows with it, scores do not
    /// depend on it. A single candidate with its prompt may exceed it. <value>Default: 16,384.</value>
    /// </summary>
    public int TokenBudget { get; init; } = 16_384;

    /// <summary>
    /// How long a forward pass that is not full may wait for calls of other tasks to join it, from zero to one minute, counted
    /// from the arrival of the call that has waited longest and rounded up to milliseconds. Under load calls gather without it,
    /// while the pass before is computed; it only helps where calls arrive more slowly than they are computed.
    /// <value>Default: zero, nothing waits while the engine is free.</value>
    /// </summary>
    public TimeSpan MaxBatchWait { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// From how many waiting tokens on a call is refused with an <see cref="OverloadedException"/>, at least 1. A call that
    /// arrives below the limit is accepted whatever its own size, so that a whole file can be scored in one call. Calls take
    /// turns, request by request, so the limit bounds how long an accepted call of one request within the budget takes: it is
    /// scored after at most <see cref="MaxQueuedTokens"/> + 2 <see cref="TokenBudget"/> tokens (those waiting, those being
    /// computed, and its own forward pass) plus <see cref="MaxBatchWait"/>. At 5,000 tokens a second, a limit of 20,000 and a
    /// budget of 4,096 mean 28,192 tokens, or 5.6 seconds. <value>Default: <see langword="null"/>, no limit.</value>
    /// </summary>
    public int? MaxQueuedTokens { get; init; }

    /// <summary>
    /// Most tokens of prompts kept from one forward pass to the next, at least 0: a prompt that begins like an earlier one (the same
    /// tools and system message, the next turn of a conversation) costs only its new tokens, in steps of 32. The prompts unused for
    /// longest make room. A token takes 8 bytes for each layer, key-value head and unit of head size: 2 KiB in the embedded model.
    /// Scores do not depend on it. <value>Default: 4,096; 0 keeps nothing.</value>
    /// </summary>
    public int PrefixCacheTokens { get; init; } = 4_096;

    /// <summary>
    /// The arithmetic of the transformer on the device <c>cpu</c>; on others <see cref="Kernel"/> names it, and <see cref="ElementType.Int8"/>
    /// is a <see cref="DeviceException"/>. A verifier always computes in double precision.
    /// <value>Default: <see cref="ElementType.Float32"/>.</value>
    /// </summary>
    public ElementType ElementType { get; init; } = ElementType.Float32;

    /// <summary>What happens to requests that are too long. <value>Default: <see cref="OverLengthPolicy.Reject"/>.</value></summary>
    public OverLengthPolicy OverLength { get; init; } = OverLengthPolicy.Reject;

    /// <summary>
    /// The prompt template: <c>annotated</c>, <c>compact</c>, <c>qwen2.5</c> or <c>qwen3</c>. <value>Default: <see langword="null"/>, the one the
    /// checkpoint names, or else the one its model type and control tokens imply.</value>
    /// </summary>
    public string? Template { get; init; }

    /// <summary>
    /// The tokenizer of a model's folder, in place of its <c>tokenizer.json</c>: for folders without that file, or with one that
    /// this library does not read. It must give the ids that the model was trained with. The model that is part of the library
    /// takes no other than its own. <value>Default: <see langword="null"/>, the folder's <c>tokenizer.json</c>.</value>
    /// </summary>
    public ITokenizer? Tokenizer { get; init; }

    /// <summary>
    /// What computes the transformer: <c>cpu</c>, the processor; <c>cuda</c> or <c>cuda:1</c>, a graphics processor of NVIDIA by its number;
    /// <c>mps</c>, that of Apple silicon; <c>libtorch</c>, the processor with the kernels of libtorch; or <c>auto</c>, a graphics
    /// processor if there is one, else the processor. All but <c>cpu</c> need the package <c>ToolRM.TorchSharp</c> in your application:
    /// without it <c>auto</c> means <c>cpu</c>, and the others are a <see cref="DeviceException"/> that says what to add.
    /// <value>Default: <c>auto</c>.</value>
    /// </summary>
    public string Device { get; init; } = "auto";

    /// <summary>
    /// The kernel. Of the device <c>cpu</c> that of matrices: <c>avx512</c>, <c>avx2</c>, <c>advsimd</c> or <c>scalar</c>; with
    /// <see cref="ElementType.Int8"/>, <c>advsimd</c> is refused, and so is the default where there is no AVX2. Of others at most
    /// one type (<c>bfloat16</c>, <c>float16</c>, <c>tf32</c>, <c>float32</c>), one attention (<c>flash</c>, <c>memory-efficient</c>,
    /// <c>math</c>, <c>fused</c>) and one layout (<c>packed</c>, <c>padded</c>), separated by commas. What cannot run is an error.
    /// <value>Default: <see langword="null"/>, what the environment variable <c>TOOLRM_KERNEL</c> (of other devices
    /// <c>TOOLRM_TORCH_KERNEL</c>) names, or else the fastest.</value>
    /// </summary>
    public string? Kernel { get; init; }

    /// <summary>
    /// Whether every score carries what a <see cref="ToolCallValidator"/> finds in the candidate (<see cref="RewardScore.Findings"/>).
    /// <value>Default: <see langword="false"/>.</value>
    /// </summary>
    public bool ValidateCalls { get; init; }

    /// <summary>
    /// Whether every score says why (<see cref="RewardScore.Explanation"/>), where the model has verifier features.
    /// <value>Default: <see langword="false"/>.</value>
    /// </summary>
    public bool ExplainScores { get; init; }

    /// <summary>
    /// Told how much of the model's parameters is read, from 0 to 1, about a hundred times while it loads; on any thread, never
    /// on two at once. <value>Default: none.</value>
    /// </summary>
    public IProgress<double>? LoadProgress { get; init; }

    /// <summary>Receives what was loaded and chosen, and warnings. <value>Default: none.</value></summary>
    public ILogger? Logger { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Device, nameof(Device));
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1, nameof(Threads));
        ArgumentOutOfRangeException.ThrowIfLessThan(TokenBudget, 1, nameof(TokenBudget));
        ArgumentOutOfRangeException.ThrowIfNegative(PrefixCacheTokens, nameof(PrefixCacheTokens));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatchWait, TimeSpan.Zero, nameof(MaxBatchWait));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBatchWait, TimeSpan.FromMinutes(1), nameof(MaxBatchWait));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength ?? 1, 1, nameof(MaxLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueuedTokens ?? 1, 1, nameof(MaxQueuedTokens));
        if (!Enum.IsDefined(ElementType))
        {
            throw new ArgumentOutOfRangeException(nameof(ElementType), ElementType, "Expected Float32 or Int8.");
        }
    }
}
