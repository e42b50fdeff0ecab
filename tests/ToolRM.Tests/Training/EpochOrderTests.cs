using ToolRM.Training;

namespace ToolRM.Tests.Training;

public class EpochOrderTests
{
    private static readonly TrainingPairs _pairs = TestPairs.Random(60);

    [Fact]
    public void It_is_a_permutation_that_depends_on_seed_and_epoch_only()
    {
        int[] order = EpochOrder.Create(_pairs, seed: 3, epoch: 2);

        order.Should().BeEquivalentTo(Enumerable.Range(0, _pairs.Count));
        EpochOrder.Create(TestPairs.Random(60), 3, 2).Should().Equal(order);
        EpochOrder.Create(_pairs, 3, 1).Should().NotEqual(order);
        EpochOrder.Create(_pairs, 4, 2).Should().NotEqual(order);
    }

    [Fact]
    public void It_stays_the_same_in_every_release()
    {
        TokenizedPair[] pairs = [.. Enumerable.Range(0, 8).Select(i => new TokenizedPair($"{i}", [i / 3], [1], [2 + i]))];

        EpochOrder.Create(TestPairs.Build(100, pairs), seed: 42, epoch: 3).Should().Equal(3, 5, 4, 1, 0, 2, 7, 6);
    }

    [Fact]
    public void Pairs_of_a_group_are_neighbours_in_changing_order()
    {
        var inGroupOrders = new HashSet<bool>();
        for (int epoch = 0; epoch < 20; epoch++)
        {
            int[] order = EpochOrder.Create(_pairs, 1, epoch);
            foreach (int[] group in _pairs.Groups)
            {
                int[] places = [.. group.Select(pair => Array.IndexOf(order, pair))];
                (places.Max() - places.Min()).Should().Be(group.Length - 1);
                inGroupOrders.Add(places[0] > places[^1]);
            }
        }

        inGroupOrders.Should().HaveCount(2);
    }
}
