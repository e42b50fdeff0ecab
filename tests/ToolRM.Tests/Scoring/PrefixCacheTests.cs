using ToolRM.Engines;
using ToolRM.Models;
using ToolRM.Scoring;

namespace ToolRM.Tests.Scoring;

public sealed class PrefixCacheTests : IDisposable
{
    private const int Block = IPrefixBlock.Tokens;
    private readonly Blocks _engine = new();

    [Fact]
    public void A_prompt_is_known_after_it_was_computed_up_to_its_last_whole_block()
    {
        using var cache = new PrefixCache(_engine, 10 * Block);
        int[] prompt = Prompt(0, 100);
        cache.KnownTokens(prompt).Should().Be(0);
        PrefixLease first = cache.Lease(prompt);
        (first.Known.Count, first.Fresh.Count).Should().Be((0, 3));
        cache.KnownTokens(prompt).Should().Be(0, "it is not computed yet");
        cache.Return(first, isComputed: true);

        cache.KnownTokens(prompt).Should().Be(96);
        cache.KnownTokens(prompt[..95]).Should().Be(64);
        cache.KnownTokens([.. prompt, 7, 8]).Should().Be(96);
        PrefixLease second = cache.Lease([.. prompt[..70], .. Prompt(500, 60)]);
        second.Known.Should().Equal(first.Fresh[0], first.Fresh[1]);
        second.Fresh.Count.Should().Be(2);
        cache.Return(second, isComputed: true);
        cache.KnownTokens(prompt).Should().Be(96, "two prompts may continue the same beginning");
        cache.KnownTokens([.. prompt[..70], .. Prompt(500, 60)]).Should().Be(128);
    }

    [Fact]
    public void A_block_is_known_only_after_the_blocks_before_it()
    {
        using var cache = new PrefixCache(_engine, 10 * Block);
        int[] prompt = Prompt(0, 64);
        Keep(cache, prompt);
        cache.KnownTokens(prompt[32..]).Should().Be(0);
        cache.KnownTokens([.. Prompt(900, 32), .. prompt[32..]]).Should().Be(0);
    }

    [Fact]
    public void What_was_not_computed_is_not_kept_and_its_memory_is_used_again()
    {
        using var cache = new PrefixCache(_engine, 2 * Block);
        int[] prompt = Prompt(0, 64);
        cache.Return(cache.Lease(prompt), isComputed: false);
        cache.KnownTokens(prompt).Should().Be(0);
        Keep(cache, prompt);
        cache.KnownTokens(prompt).Should().Be(64);
        _engine.Created.Should().Be(2);
    }

    [Fact]
    public void Equal_prompts_of_one_forest_are_kept_once()
    {
        using var cache = new PrefixCache(_engine, 4 * Block);
        int[] prompt = Prompt(0, 64);
        PrefixLease a = cache.Lease(prompt), b = cache.Lease(prompt);
        cache.Return(a, isComputed: true);
        cache.Return(b, isComputed: true);
        cache.Lease(prompt).Known.Should().Equal(a.Fresh);
        Keep(cache, Prompt(500, 64));
        _engine.Created.Should().Be(4);
        cache.KnownTokens(prompt).Should().Be(64);
    }

    [Fact]
    public void What_was_unused_for_longest_makes_room_ends_of_prompts_first()
    {
        using var cache = new PrefixCache(_engine, 4 * Block);
        int[] old = Prompt(0, 96), recent = Prompt(500, 32);
        Keep(cache, old);
        Keep(cache, recent);
        Keep(cache, Prompt(900, 32));
        cache.KnownTokens(old).Should().Be(64);
        cache.KnownTokens(recent).Should().Be(32);

        cache.Return(cache.Lease(old), isComputed: false);
        Keep(cache, Prompt(1300, 64));
        cache.KnownTokens(old).Should().Be(64, "it was used since");
        cache.KnownTokens(recent).Should().Be(0);
        _engine.Created.Should().Be(4);
    }

    [Fact]
    public void Blocks_in_use_are_never_given_away_and_a_prompt_may_be_kept_in_part()
    {
        using var cache = new PrefixCache(_engine, 2 * Block);
        int[] prompt = Prompt(0, 64);
        Keep(cache, prompt);
        PrefixLease held = cache.Lease(prompt), other = cache.Lease(Prompt(500, 64));
        other.Fresh.Should().BeEmpty();
        cache.Return(other, isComputed: true);
        cache.Return(held, isComputed: true);
        cache.KnownTokens(prompt).Should().Be(64);
        cache.Lease(Prompt(500, 500)).Fresh.Count.Should().Be(2);
    }

    [Fact]
    public void Disposing_frees_every_block()
    {
        var cache = new PrefixCache(_engine, 4 * Block);
        Keep(cache, Prompt(0, 64));
        cache.Return(cache.Lease(Prompt(500, 32)), isComputed: false);
        cache.Dispose();
        (_engine.Created, _engine.Disposed).Should().Be((3, 3));
    }

    public void Dispose() => _engine.Dispose();

    private static void Keep(PrefixCache cache, int[] prompt) => cache.Return(cache.Lease(prompt), isComputed: true);

    private static int[] Prompt(int first, int count) => [.. Enumerable.Range(first, count)];

    /// <summary>An engine that only gives memory.</summary>
    private sealed class Blocks : IPrefixCachingEngine
    {
        public int Created { get; private set; }

        public int Disposed { get; private set; }

        public DecoderConfig Config => throw new NotSupportedException();

        public KernelPlan Plan => throw new NotSupportedException();

        public IPrefixBlock CreatePrefixBlock()
        {
            Created++;
            return new Block(this);
        }

        public void Score(TokenForest forest, Span<float> rewards, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        private sealed class Block(Blocks engine) : IPrefixBlock
        {
            public void Dispose() => engine.Disposed++;
        }
    }
}
