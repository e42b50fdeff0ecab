using System.Threading.Channels;
using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.Tests.Engines;

namespace ToolRM.Tests.Scoring;

/// <summary>An engine whose forests are seen by the test, and computed when it lets them.</summary>
internal sealed class HeldEngine : IRewardEngine
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly Channel<int[]> _begun = Channel.CreateUnbounded<int[]>();
    private readonly SemaphoreSlim _permits = new(0);

    public DecoderConfig Config { get; } = TinyModels.Config("qwen2") with { VocabularySize = 100, MaxLength = 50 };

    public KernelPlan Plan => TinyModels.Plan();

    /// <summary>Thrown by the forests that begin from now on.</summary>
    public Exception? Error { get; set; }

    /// <summary>The thread that computed last.</summary>
    public Thread? Thread { get; private set; }

    public bool IsComputing { get; private set; }

    /// <summary>How often it was disposed, and whether during a computation.</summary>
    public List<bool> Disposals { get; } = [];

    /// <summary>The reward of a sequence: its ids as digits of a number.</summary>
    public static float Reward(params int[] tokens) => tokens.Aggregate(0f, (reward, token) => (reward * 10) + token);

    /// <summary>The tokens of the next forest, when it begins.</summary>
    public async Task<int[]> NextForest()
    {
        using var patience = new CancellationTokenSource(_patience);
        return await _begun.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Lets forests be computed.</summary>
    public void Release(int forests = 1) => _permits.Release(forests);

    public void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken)
    {
        (Thread, IsComputing) = (Thread.CurrentThread, true);
        Exception? error = Error;
        _begun.Writer.TryWrite(forest.Tokens.ToArray()).Should().BeTrue();
        try
        {
            _permits.Wait(_patience, cancellationToken).Should().BeTrue("a forest must be let through");
            cancellationToken.ThrowIfCancellationRequested();
            if (error != null)
            {
                throw error;
            }

            rewards.Length.Should().Be(forest.Leaves.Length);
            for (int i = 0; i < rewards.Length; i++)
            {
                rewards[i] = Reward(Path(forest, forest.Leaves[i]));
            }
        }
        finally
        {
            IsComputing = false;
        }
    }

    public void Dispose() => Disposals.Add(IsComputing);

    private static int[] Path(TokenForest forest, int index)
    {
        Segment segment = forest.Segments[index];
        int[] tokens = forest.Tokens.Slice(segment.Start, segment.Length).ToArray();
        return segment.Parent < 0 ? tokens : [.. Path(forest, segment.Parent), .. tokens];
    }
}
