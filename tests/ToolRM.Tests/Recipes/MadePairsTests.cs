using ToolRM.Data;
using ToolRM.Recipes;
using ToolRM.Synthesis;

namespace ToolRM.Tests.Recipes;

public sealed class MadePairsTests
{
    private static readonly GoldExample[] _golds = [.. RecipePairs.All.Select(pair => new GoldExample(pair.Id, pair.Prompt, pair.Chosen, null))];

    private static List<PreferencePair> Make(int count, int perGold, ulong seed, int threads = 2) =>
        new MadePairs(_golds, threads).Make(count, perGold, seed, default);

    private static string[] Tell(IEnumerable<PreferencePair> pairs) =>
        [.. pairs.Select(pair => $"{pair.Id} {pair.ErrorType} {pair.Prompt.ToJson()} {pair.Chosen.ToJson()} {pair.Rejected.ToJson()}")];

    private static IEnumerable<string> RightAnswers(IEnumerable<PreferencePair> pairs) => pairs.Select(pair => pair.Id.Split('/')[0]).Distinct();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(40, 2)]
    [InlineData(150, 1)]
    public void About_as_many_pairs_are_made_as_asked_for(int count, int perGold)
    {
        List<PreferencePair> pairs = Make(count, perGold, 3);

        pairs.Count.Should().BeInRange((int)(0.9 * count), count);
        pairs.Where(pair => ToolCallComparer.Compare(pair.Chosen, pair.Rejected, pair.Prompt.Tools).IsEqual).Should().BeEmpty();
    }

    [Theory]
    [InlineData(30, 3, 10)]
    [InlineData(31, 3, 11)]
    [InlineData(30, 10, 3)]
    [InlineData(200, 1, 60)]
    public void They_are_made_of_so_few_right_answers_that_each_has_several(int count, int perGold, int rightAnswers)
    {
        string[] used = [.. RightAnswers(Make(count, perGold, 3))];

        used.Length.Should().BeInRange(rightAnswers / 2, rightAnswers);
        RightAnswers(Make(count, perGold, 4)).Should().NotBeEquivalentTo(rightAnswers < 60 ? used : [], "another seed takes others");
    }

    [Fact]
    public void The_same_seed_makes_the_same_pairs_whatever_the_threads()
    {
        string[] pairs = Tell(Make(60, 2, 7, threads: 1));

        Tell(Make(60, 2, 7, threads: 6)).Should().Equal(pairs);
        Tell(Make(60, 2, 7, threads: 2)).Should().Equal(pairs);
        Tell(Make(60, 2, 8, threads: 1)).Should().NotIntersectWith(pairs);
    }

    [Fact]
    public void Golds_are_left_as_they_are()
    {
        string[] before = [.. _golds.Select(gold => $"{gold.Id} {gold.Prompt.ToJson()} {gold.Gold.ToJson()}")];

        Make(60, 1, 7);

        _golds.Select(gold => $"{gold.Id} {gold.Prompt.ToJson()} {gold.Gold.ToJson()}").Should().Equal(before);
    }

    [Fact]
    public void Cancelled_work_says_so() =>
        new MadePairs(_golds, 2).Invoking(made => made.Make(10, 1, 1, new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();
}
