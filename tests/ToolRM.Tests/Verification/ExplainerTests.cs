using ToolRM.Verification;

namespace ToolRM.Tests.Verification;

public sealed class ExplainerTests
{
    private static readonly FeatureFamily[] _families = [new TestFamily("schema", "wrong", "odd"), new TestFamily("grounding", "found", "lost")];
    private static readonly ToolCall[] _calls = [ToolCall.Parse("get_weather", "{}"), ToolCall.Parse("get_time", "{}")];

    private static RewardExplanation Explain(LinearHead head, IReadOnlyList<ToolCall> calls, params FeatureAmount[] amounts) =>
        new Explainer(head, _families).Explain(calls, Vector(amounts), amounts);

    private static double[] Vector(FeatureAmount[] amounts)
    {
        var vector = new double[4];
        foreach (FeatureAmount amount in amounts)
        {
            vector[amount.Feature] += amount.Amount;
        }

        return vector;
    }

    private static LinearHead Head(params FeatureWeight[] features) => new(features, 0.75f);

    [Fact]
    public void Constant_and_families_add_up_to_the_reward_and_reasons_to_the_families()
    {
        var random = new Random(11);
        for (int round = 0; round < 200; round++)
        {
            LinearHead head = Head([.. Enumerable.Range(0, 4).Select(_ =>
                new FeatureWeight(random.NextSingle() - 0.5f, 10 * (random.NextSingle() - 0.5f), 0.15f + random.NextSingle()))]);
            FeatureAmount[] amounts = [.. Enumerable.Range(0, 12).Select(i =>
                new FeatureAmount(i % 4, 6 * (random.NextDouble() - 0.3), i % 3 - 1, i % 3 == 0 ? null : $"p{i % 2}"))];
            double[] vector = Vector(amounts);

            RewardExplanation explanation = new Explainer(head, _families).Explain(_calls, vector, amounts);

            explanation.Constant.Should().Be(head.Score(new double[4]));
            (explanation.Constant + explanation.Families.Sum(family => family.Contribution)).Should().BeApproximately(head.Score(vector), 1e-9);
            foreach (FamilyContribution family in explanation.Families)
            {
                RewardReason[] reasons = [.. explanation.Reasons.Where(reason => reason.Feature.StartsWith(family.Family, StringComparison.Ordinal))];
                reasons.Sum(reason => reason.Contribution).Should().BeApproximately(family.Contribution, 0.005 * amounts.Length);
            }
        }
    }

    [Fact]
    public void Places_are_told_in_words()
    {
        LinearHead head = Head(new(-1, 0, 1), new(-0.5f, 0, 1), new(0.4f, 0, 1), new(-0.3f, 0, 1));
        FeatureAmount[] amounts = [new(0, 1, 0, "date"), new(1, 1, 1, null), new(2, 1, -1, null), new(3, 1, 1, "zone")];

        Explain(head, [_calls[0]], amounts[0], amounts[2]).Reasons.Select(reason => reason.Text)
            .Should().Equal("`date`: is wrong", "is found");
        RewardExplanation both = Explain(head, _calls, amounts);
        both.Reasons.Select(reason => reason.Text).Should().Equal(
            "call 1, `date`: is wrong", "call 2 (`get_time`): is odd", "is found", "call 2, `zone`: is lost");
        both.Reasons[0].Should().Be(new RewardReason("schema.wrong", 0, "date", "call 1, `date`: is wrong", -1));
        both.Reasons[2].Should().Be(new RewardReason("grounding.found", null, null, "is found", 0.4f));
        both.Families.Should().Equal(
            new FamilyContribution("schema", -1.5), new FamilyContribution("grounding", (double)0.4f - 0.3f));
    }

    [Fact]
    public void Amounts_of_one_place_are_one_reason_and_share_with_others_in_proportion()
    {
        RewardExplanation explanation = Explain(
            Head(new(-2, 0.5f, 0.5f), default(FeatureWeight) with { Scale = 1 }, new(0, 0, 1), new(0, 0, 1)),
            _calls,
            new(0, 0.25, 0, "a"),
            new(0, 0.5, 1, "a"),
            new(0, 0.25, 0, "a"));

        explanation.Reasons.Select(reason => (reason.CallIndex, reason.Contribution)).Should().Equal((0, -2), (1, -2));
    }

    [Fact]
    public void Clipped_value_is_shared_without_exceeding_what_it_adds()
    {
        RewardExplanation explanation = Explain(
            Head(new(1, 0, 1), new(0, 0, 1), new(0, 0, 1), new(0, 0, 1)), _calls, new(0, 5, 0, "a"), new(0, 15, 0, "b"));

        explanation.Reasons.Select(reason => reason.Contribution).Should().Equal(4.5, 1.5);
    }

    [Fact]
    public void Amounts_that_cancel_each_other_are_both_told()
    {
        RewardExplanation explanation = Explain(
            Head(new(1, 0, 1), new(0, 0, 1), new(0, 0, 1), new(0, 0, 1)), _calls, new(0, 2, 0, "a"), new(0, -2, 0, "b"));

        explanation.Reasons.Select(reason => reason.Contribution).Should().Equal(2, -2);
        explanation.Families[0].Contribution.Should().Be(0);
    }

    [Fact]
    public void Feature_beyond_the_limit_at_zero_already_tells_nothing()
    {
        RewardExplanation explanation = Explain(
            Head(new(1, -10, 1), new(1, -10, 1), new(0, 0, 1), new(0, 0, 1)),
            _calls,
            new(0, 2, 0, "a"),
            new(0, -2, 0, "b"),
            new(1, 1, 0, "a"));

        explanation.Reasons.Should().BeEmpty();
        explanation.Families[0].Contribution.Should().Be(0);
    }

    [Fact]
    public void Tiny_contributions_are_no_reasons_but_count_in_their_family()
    {
        RewardExplanation explanation = Explain(
            Head(new(0.004f, 0, 1), new(0, 0, 1), new(0, 0, 1), new(0, 0, 1)), _calls, new FeatureAmount(0, 1, 0, "a"));

        explanation.Reasons.Should().BeEmpty();
        explanation.Families[0].Contribution.Should().Be(0.004f);
    }

    [Fact]
    public void Names_that_a_model_made_up_are_short_and_printable()
    {
        RewardExplanation explanation = Explain(
            Head(new(1, 0, 1), new(1, 0, 1), new(0, 0, 1), new(0, 0, 1)),
            [ToolCall.Parse(new string('x', 5000), "{}")],
            new(0, 2, 0, "a\n\u001b[31m"),
            new(1, 1, 0, null));

        explanation.Reasons[0].Text.Should().Be("`a??[31m`: is wrong");
        explanation.Reasons[1].Text.Length.Should().BeLessThan(200);
    }
}
