using ToolRM.Tokenization.Merging;

namespace ToolRM.Tests.Tokenization;

public sealed class WordCacheTests
{
    [Fact]
    public void A_word_is_found_with_its_own_ids()
    {
        var cache = new WordCache();
        cache.Add("word", WordCache.Hash("word"), [1, 2, 3]);
        cache.TryGet("word", WordCache.Hash("word"), out ReadOnlySpan<int> ids).Should().BeTrue();
        ids.ToArray().Should().Equal(1, 2, 3);
        cache.TryGet("work", WordCache.Hash("word"), out _).Should().BeFalse("equal hashes do not make equal words");
    }

    [Fact]
    public void Words_that_collide_never_get_each_others_ids()
    {
        var cache = new WordCache();
        for (int i = 0; i < 5000; i++)
        {
            cache.Add($"w{i}", 42, [i]);
            if (cache.TryGet($"w{i / 2}", 42, out ReadOnlySpan<int> ids))
            {
                ids.ToArray().Should().Equal(i / 2);
            }

            cache.TryGet($"w{i}", 42, out _).Should().BeTrue("the newest word is kept");
        }
    }

    [Fact]
    public void A_million_words_neither_fail_nor_mix()
    {
        var cache = new WordCache();
        int found = 0;
        for (int i = 0; i < 1_000_000; i++)
        {
            string word = $"{i}-{new string('x', i % 40)}";
            cache.Add(word, WordCache.Hash(word), [i, i + 1, i + 2, i + 3, i + 4]);
            string earlier = $"{i / 3}-{new string('x', i / 3 % 40)}";
            if (cache.TryGet(earlier, WordCache.Hash(earlier), out ReadOnlySpan<int> ids))
            {
                found++;
                ids[0].Should().Be(i / 3);
            }
        }

        found.Should().BeGreaterThan(1000).And.BeLessThan(500_000);
    }

    [Fact]
    public void Hashes_tell_similar_words_apart()
    {
        var hashes = new HashSet<uint>();
        for (int i = 0; i < 10_000; i++)
        {
            _ = hashes.Add(WordCache.Hash($"{i}"));
            _ = hashes.Add(WordCache.Hash($" {i}"));
            _ = hashes.Add(WordCache.Hash($"{i}\0"));
        }

        hashes.Count.Should().BeGreaterThan(29_990);
    }
}
