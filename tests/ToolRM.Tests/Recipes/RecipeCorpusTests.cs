using ToolRM.Data;
using ToolRM.Recipes;

namespace ToolRM.Tests.Recipes;

public sealed class RecipeCorpusTests
{
    /// <summary>A thousand pairs of one to three of 200 functions, some of which call nothing.</summary>
    private static readonly PreferencePair[] _pairs = [.. Enumerable.Range(0, 1000).Select(i =>
    {
        var random = new Random(i);
        ToolCall[] calls = [.. Enumerable.Range(0, random.Next(4)).Select(_ => ToolCall.Parse($"f{random.Next(200)}", "{}"))];
        return new PreferencePair($"{i}", ToolPrompt.FromUser($"request {i % 700}"), Candidate.FromCalls(calls), Candidate.FromText("no"));
    })];

    private static Task<RecipeCorpus> SplitAsync(ulong seed, double fraction, params PreferencePair[] pairs) =>
        RecipeCorpus.SplitAsync(pairs.Length > 0 ? pairs : _pairs, seed, fraction, default);

    private static HashSet<string> Functions(IEnumerable<Candidate> candidates) =>
        [.. candidates.SelectMany(candidate => candidate.Calls).Select(call => call.Name)];

    private static string[] Ids(IEnumerable<PreferencePair> pairs) => [.. pairs.Select(pair => pair.Id)];

    [Theory]
    [InlineData(0.04)]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public async Task No_right_answer_to_learn_from_calls_a_function_that_is_held_out(double fraction)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            RecipeCorpus corpus = await SplitAsync(seed, fraction);
            HashSet<string> learnt = Functions(corpus.Given.Select(pair => pair.Chosen));

            corpus.HeldOut.Should().NotBeEmpty().And.OnlyContain(pair => pair.Chosen.Calls.Any(call => !learnt.Contains(call.Name)));
            Functions(corpus.Golds.Select(gold => gold.Gold)).Should().BeEquivalentTo(learnt);

            // A function that stands alone in a held-out answer is one of those held out.
            IEnumerable<Candidate> single = corpus.HeldOut.Select(pair => pair.Chosen)
                .Where(chosen => chosen.Calls.DistinctBy(call => call.Name).Count() == 1);
            Functions(single).Should().NotIntersectWith(learnt);
        }
    }

    [Fact]
    public async Task Every_pair_is_on_one_side_in_its_order()
    {
        RecipeCorpus corpus = await SplitAsync(1, 0.2);

        HashSet<string> given = [.. Ids(corpus.Given)];
        Ids(corpus.Given).Should().Equal(Ids(_pairs).Where(given.Contains));
        Ids(corpus.HeldOut).Should().NotBeEmpty().And.Equal(Ids(_pairs).Where(id => !given.Contains(id)));
        corpus.HeldOut.Should().NotContain(pair => pair.Chosen.IsNoCall, "what calls nothing calls nothing that is held out");
    }

    [Fact]
    public async Task Right_answers_are_collected_once()
    {
        PreferencePair first = RecipePairs.All[0];
        RecipeCorpus corpus = await SplitAsync(1, 0, first, first with { Id = "again", Rejected = Candidate.NoCall }, RecipePairs.All[1]);

        corpus.Given.Should().HaveCount(3);
        corpus.Golds.Select(gold => gold.Id).Should().Equal(first.Id, RecipePairs.All[1].Id);
        corpus.Golds.Select(gold => gold.Gold).Should().Equal(first.Chosen, RecipePairs.All[1].Chosen);
    }

    [Fact]
    public async Task The_split_depends_on_seed_and_functions_alone()
    {
        RecipeCorpus corpus = await SplitAsync(5, 0.3);

        Ids((await SplitAsync(5, 0.3)).HeldOut).Should().Equal(Ids(corpus.HeldOut));
        Ids((await SplitAsync(5, 0.3, [.. _pairs.Reverse()])).HeldOut).Reverse().Should().Equal(Ids(corpus.HeldOut));
        Ids((await SplitAsync(6, 0.3)).HeldOut).Should().NotEqual(Ids(corpus.HeldOut));
        Ids(corpus.HeldOut).Should().BeSubsetOf(Ids((await SplitAsync(5, 0.5)).HeldOut), "a larger share takes more of the same");
    }

    [Fact]
    public async Task The_share_is_one_of_functions()
    {
        PreferencePair[] pairs =
        [
            .. Enumerable.Range(0, 2_000).Select(i =>
                RecipePairs.All[0] with { Chosen = Candidate.FromCalls(ToolCall.Parse($"function{i}", "{}")) }),
        ];

        (await SplitAsync(3, 0.25, pairs)).HeldOut.Count.Should().BeInRange(430, 570);
        (await SplitAsync(3, 0, pairs)).HeldOut.Should().BeEmpty();
        RecipeCorpus all = await SplitAsync(3, 1, pairs);
        (all.Given.Count, all.Golds.Count, all.HeldOutGolds.Count).Should().Be((0, 0, 2_000));
    }
}
