using ToolRM.Tokenization.Merging;

namespace ToolRM.Tests.Tokenization;

public sealed class MergingTests
{
    [Fact]
    public void The_best_ranked_pair_is_merged_first() =>
        new MiniTokenizer().Merging("b c", "a b", "bc d").Encode("abcd").Should().Equal('a', 258);

    [Fact]
    public void Of_equal_pairs_the_leftmost_is_merged_first() => new MiniTokenizer().Merging("a a").Encode("aaa").Should().Equal(256, 'a');

    [Fact]
    public void Merges_build_on_merges() => new MiniTokenizer().Merging("a b", "ab ab", "abab c").Encode("ababcab").Should().Equal(258, 256);

    [Fact]
    public void Merges_stay_within_a_word() => new MiniTokenizer().Merging("a Ġ", "Ġ b").Encode("a b").Should().Equal('a', 257);

    [Fact]
    public void Of_a_pair_that_is_there_twice_the_later_rank_counts() =>
        new MiniTokenizer().Merging("a b", "b c", "a b").Encode("abc").Should().Equal('a', 257);

    [Fact]
    public void Whole_words_win_over_merges_only_if_the_file_says_so()
    {
        new MiniTokenizer().Merging("a b").Token("abc", 300).Encode("abc").Should().Equal(256, 'c');
        new MiniTokenizer().Merging("a b").Token("abc", 300).With("model.ignore_merges", "true").Encode("abc").Should().Equal(300);
    }

    [Fact]
    public void Long_words_are_looked_up_whole_too()
    {
        string word = new('x', 700);
        new MiniTokenizer().Token(word, 300).With("model.ignore_merges", "true").Encode(word).Should().Equal(300);
    }

    [Fact]
    public void Short_and_long_words_are_merged_as_by_the_book()
    {
        var random = new Random(17);
        for (int round = 0; round < 400; round++)
        {
            (List<(int Left, int Right)> merges, int[] made) = RandomMerges(random, symbols: 4, count: random.Next(1, 40));
            var merger = new WordMerger(new MergeTable(merges, made));
            int[] word = [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => random.Next(4))];
            List<int> expected = ByTheBook(word, merges, made);
            int count = merger.Merge(word);
            word[..count].Should().Equal(expected);
        }
    }

    [Fact]
    public void Words_of_any_length_share_a_merger()
    {
        var merger = new WordMerger(new MergeTable([(0, 0), (1, 1)], [1, 2]));
        foreach (int length in (ReadOnlySpan<int>)[1, 2, 63, 64, 65, 1000, 64, 66, 3])
        {
            int[] word = new int[length];
            int count = merger.Merge(word);
            word[..count].Sum(symbol => 1 << symbol).Should().Be(length);
            count.Should().Be(length / 4 + (length & 1) + (length >> 1 & 1));
        }
    }

    [Fact]
    public void A_table_finds_its_merges_and_no_others()
    {
        (List<(int Left, int Right)> merges, int[] made) = RandomMerges(new Random(1), symbols: 50, count: 3000);
        var table = new MergeTable(merges, made);
        for (int rank = 0; rank < merges.Count; rank++)
        {
            table.Find(merges[rank].Left, merges[rank].Right, out int found).Should().Be((uint)rank);
            found.Should().Be(made[rank]);
            table.Find(merges[rank].Left, 1 << 20, out _).Should().Be(MergeTable.NoRank);
        }
    }

    private static (List<(int Left, int Right)> Merges, int[] Made) RandomMerges(Random random, int symbols, int count)
    {
        var merges = new List<(int Left, int Right)>();
        while (merges.Count < count)
        {
            (int, int) pair = (random.Next(symbols + merges.Count), random.Next(symbols + merges.Count));
            if (!merges.Contains(pair))
            {
                merges.Add(pair);
            }
        }

        // Ranks in random order, so that a merge may make a pair of a better rank.
        int[] made = [.. Enumerable.Range(symbols, count)];
        random.Shuffle(made);
        return (merges, made);
    }

    private static List<int> ByTheBook(IEnumerable<int> word, List<(int Left, int Right)> merges, int[] made)
    {
        List<int> symbols = [.. word];
        for (int rank = 0; rank < merges.Count;)
        {
            int at = Enumerable.Range(0, Math.Max(0, symbols.Count - 1)).FirstOrDefault(i => (symbols[i], symbols[i + 1]) == merges[rank], -1);
            if (at < 0)
            {
                rank++;
                continue;
            }

            symbols[at] = made[rank];
            symbols.RemoveAt(at + 1);
            rank = 0;
        }

        return symbols;
    }
}
