using ToolRM.Models;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public class Xoshiro256Tests
{
    [Fact]
    public void Next_gives_the_published_sequence()
    {
        var random = new Xoshiro256(1, 2, 3, 4);

        ulong[] values = [.. Enumerable.Range(0, 6).Select(_ => random.Next())];

        values.Should().Equal(11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600);
    }

    [Fact]
    public void SplitMix_gives_the_published_sequence()
    {
        ulong state = 1234567;

        SplitMix64.Next(ref state).Should().Be(6457827717110365317);
        SplitMix64.Next(ref state).Should().Be(3203168211198807973);
        SplitMix64.Next(ref state).Should().Be(9817491932198370423);
    }

    [Fact]
    public void Next_with_a_bound_reaches_every_number_about_equally_often()
    {
        var random = Xoshiro256.Create(5, 0);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[random.Next(7)]++;
        }

        counts.Should().OnlyContain(count => count > 9_500 && count < 10_500);
    }

    [Fact]
    public void Shuffle_makes_every_order_about_equally_often()
    {
        var random = Xoshiro256.Create(6, 0);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 24_000; i++)
        {
            char[] letters = ['a', 'b', 'c', 'd'];
            random.Shuffle<char>(letters);
            string order = new(letters);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        counts.Should().HaveCount(24).And.OnlyContain(entry => entry.Value > 850 && entry.Value < 1150);
    }

    [Fact]
    public void Seeds_and_streams_give_sequences_of_their_own()
    {
        var first = from seed in Enumerable.Range(0, 20) from stream in Enumerable.Range(0, 20) select Xoshiro256.Create((ulong)seed, (ulong)stream).Next();

        first.Should().OnlyHaveUniqueItems();
        Xoshiro256.Create(3, 4).Next().Should().Be(Xoshiro256.Create(3, 4).Next());
    }
}
