using ToolRM.Engines;
using ToolRM.Training;

namespace ToolRM.Tests.Training;

public class MicroBatchTests
{
    [Fact]
    public void Neighbours_of_a_group_share_prompt_and_chosen_leaf()
    {
        TrainingPairs pairs = TestPairs.Build(
            100, new TokenizedPair("a", [1, 2], [3], [4]), new TokenizedPair("b", [1, 2], [3], [5, 6]), new TokenizedPair("c", [7], [8], [9]));

        MicroBatch batch = MicroBatch.Pack(pairs, new[] { 0, 1, 2 }, 100).Single();

        batch.Forest.Tokens.ToArray().Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9);
        batch.Pairs.Select(pair => (pair.Pair.Id, pair.Chosen, pair.Rejected)).Should().Equal(("a", 0, 1), ("b", 0, 2), ("c", 3, 4));
        TokenForest forest = batch.Forest;
        forest.Leaves.ToArray().Select(leaf => forest.Tokens[forest.Segments[leaf].Start]).Should().Equal(3, 4, 5, 8, 9);
    }

    [Fact]
    public void Neighbours_of_other_draws_share_nothing()
    {
        TokenizedPair pair = new("a", [1, 2], [3], [4]);
        TrainingPairs pairs = TestPairs.Build(
            100, pair, pair with { Id = "b", Rejected = [5], Draw = 1 }, pair with { Id = "c", Rejected = [6] });

        MicroBatch batch = MicroBatch.Pack(pairs, new[] { 0, 2, 1 }, 100).Single();

        batch.Forest.Tokens.ToArray().Should().Equal(1, 2, 3, 4, 6, 1, 2, 3, 5);
        batch.Pairs.Select(packed => (packed.Pair.Id, packed.Chosen, packed.Rejected))
            .Should().Equal(("a", 0, 1), ("c", 0, 2), ("b", 3, 4));
        Sequence(batch.Forest, 3).Should().Equal(1, 2, 3);
    }

    [Fact]
    public void An_epoch_meets_a_prompt_as_often_as_it_has_draws()
    {
        const int draws = 3;
        TokenizedPair[] once = TestPairs.Pairs(40);
        TrainingPairs pairs = TestPairs.Build(
            100, [.. Enumerable.Range(0, draws).SelectMany(draw => once.Select(pair => pair with { Draw = draw }))]);

        MicroBatch batch = MicroBatch.Pack(pairs, EpochOrder.Create(pairs, 1, 0), int.MaxValue).Single();

        int trees = TestPairs.Build(100, once).Groups.Count;
        batch.Forest.Segments.ToArray().Count(segment => segment.Parent < 0).Should().Be(draws * trees);
        batch.Pairs.GroupBy(pair => pair.Chosen).Should().OnlyContain(tree => tree.Select(pair => pair.Pair.Draw).Distinct().Count() == 1);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(50)]
    public void The_budget_bounds_every_forest_and_no_pair_is_lost(int budget)
    {
        TrainingPairs pairs = TestPairs.Random(60);
        int[] order = EpochOrder.Create(pairs, 1, 0);

        MicroBatch[] batches = [.. MicroBatch.Pack(pairs, order, budget)];

        batches.SelectMany(batch => batch.Pairs).Select(pair => pair.Pair.Id).Should().Equal(order.Select(index => pairs[index].Id));
        Array.TrueForAll(batches, batch => batch.Forest.Tokens.Length <= budget || batch.Pairs.Count == 1).Should().BeTrue();
        foreach (MicroBatch batch in batches)
        {
            foreach (PairLeaves pair in batch.Pairs)
            {
                Sequence(batch.Forest, pair.Chosen).Should().Equal([.. pair.Pair.Prompt, .. pair.Pair.Chosen]);
                Sequence(batch.Forest, pair.Rejected).Should().Equal([.. pair.Pair.Prompt, .. pair.Pair.Rejected]);
            }
        }
    }

    [Fact]
    public void A_pair_above_the_budget_is_a_forest_by_itself()
    {
        TrainingPairs pairs = TestPairs.Random(5);

        MicroBatch.Pack(pairs, new[] { 0, 1, 2, 3, 4 }, 1).Should().HaveCount(5).And.OnlyContain(batch => batch.Pairs.Count == 1);
    }

    private static int[] Sequence(TokenForest forest, int leaf)
    {
        var tokens = new List<int>();
        for (int index = forest.Leaves[leaf]; index >= 0; index = forest.Segments[index].Parent)
        {
            tokens.InsertRange(0, forest.Tokens.Slice(forest.Segments[index].Start, forest.Segments[index].Length).ToArray());
        }

        return [.. tokens];
    }
}
