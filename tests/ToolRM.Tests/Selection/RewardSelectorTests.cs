namespace ToolRM.Tests.Selection;

public sealed class RewardSelectorTests
{
    private static readonly Tool _tool = Tool.Create("book", "Books a table.", """
        {"type":"object","properties":{"place":{"type":"string"},"guests":{"type":"integer"},"terrace":{"type":"boolean","default":false}},
         "required":["place","guests"]}
        """);

    private static readonly ToolPrompt _prompt = ToolPrompt.FromUser("A table for four at Osteria Lume", _tool);
    private static readonly Candidate _right = Book("""{"place":"Osteria Lume","guests":4}""");
    private static readonly Candidate _wrong = Book("""{"place":"Osteria Lume","guests":5}""");
    private static readonly Candidate _invalid = Book("""{"place":"Osteria Lume","guests":"four"}""");

    [Fact]
    public void The_highest_reward_wins_where_that_is_the_rule()
    {
        RewardSelection selection = Select(SelectionRule.HighestReward, (_right, 1), (_right, 1), (_wrong, 1.5));

        selection.Index.Should().Be(2);
        selection.Candidate.Should().Be(_wrong);
        selection.Groups.Should().HaveCount(3);
        selection.Groups.Sum(group => group.Share).Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void Votes_of_equal_candidates_add_up()
    {
        RewardSelection selection = Select(SelectionRule.RewardWeightedVote, (_wrong, 1.5), (_right, 1), (_right, 1));

        selection.Index.Should().Be(1);
        selection.Groups[0].Members.Should().Equal(1, 2);
        double weight = Math.Exp(-0.5 / 8);
        selection.Groups[0].Share.Should().BeApproximately(2 * weight / (1 + (2 * weight)), 1e-12);
    }

    [Fact]
    public void A_much_higher_reward_outweighs_votes() =>
        Select(SelectionRule.RewardWeightedVote, (_wrong, -8), (_wrong, -8), (_right, 0)).Index.Should().Be(2);

    [Theory]
    [InlineData("""{"guests":4,"place":"Osteria Lume"}""")]
    [InlineData("""{"place":"osteria lume.","guests":4}""")]
    [InlineData("""{"place":"Osteria Lume","guests":4.0}""")]
    [InlineData("""{"place":"Osteria Lume","guests":4,"terrace":false}""")]
    public void Candidates_that_say_the_same_are_one_group(string arguments)
    {
        RewardSelection selection = Select(SelectionRule.RewardWeightedVote, (_right, 0), (Book(arguments), 0), (_wrong, 0));

        selection.Groups[0].Members.Should().Equal(0, 1);
    }

    [Theory]
    [InlineData("""{"place":"Osteria Luna","guests":4}""")]
    [InlineData("""{"place":"Osteria Lume","guests":4,"terrace":true}""")]
    [InlineData("""{"place":"Osteria Lume 1.5","guests":4}""")]
    public void Candidates_that_say_something_else_are_not(string arguments) =>
        Select(SelectionRule.RewardWeightedVote, (_right, 0), (Book(arguments), 0)).Groups.Should().HaveCount(2);

    [Theory]
    [InlineData("1.5", "15")]
    [InlineData("-5", "5")]
    [InlineData("01/11", "0/111")]
    public void Signs_of_numbers_make_a_difference(string one, string other) =>
        Select(SelectionRule.RewardWeightedVote, (Book($$"""{"place":"{{one}}","guests":4}"""), 0), (Book($$"""{"place":"{{other}}","guests":4}"""), 0))
            .Groups.Should().HaveCount(2);

    [Fact]
    public void Values_that_are_not_listed_are_left_to_the_reward()
    {
        Tool tool = Tool.Create("paint", "Paints.", """{"type":"object","properties":{"colour":{"type":"string","enum":["red","blue"]}}}""");
        RewardSelection selection = new RewardSelector(new Table()).Select(
            ToolPrompt.FromUser("Paint it red", tool),
            [Candidate.FromCalls(ToolCall.Parse("paint", """{"colour":"RED"}""")), Candidate.FromCalls(ToolCall.Parse("paint", """{"colour":"blue"}"""))],
            [new RewardScore(1), new RewardScore(0)]);

        selection.Index.Should().Be(0);
        selection.Groups.Should().OnlyContain(group => group.IsValid);
    }

    [Fact]
    public void Texts_are_read_for_calls()
    {
        Candidate text = Candidate.FromText("""<tool_call>{"name":"book","arguments":{"place":"Osteria Lume","guests":4}}</tool_call>""");

        Select(SelectionRule.RewardWeightedVote, (_right, 0), (text, 0)).Groups.Should().ContainSingle();
    }

    [Fact]
    public void All_answers_without_a_call_are_one_group()
    {
        RewardSelection selection = Select(
            SelectionRule.RewardWeightedVote, (_right, 0), (Candidate.NoCall, 0), (Candidate.FromText("I cannot do that."), 0));

        selection.Groups[0].Members.Should().Equal(1, 2);
        selection.Groups[0].IsValid.Should().BeTrue();
    }

    [Fact]
    public void Invalid_calls_are_left_out_while_there_is_a_valid_one()
    {
        Select(SelectionRule.RewardWeightedVote, (_invalid, 2), (_invalid, 2), (_right, 0)).Index.Should().Be(2);
        Select(SelectionRule.HighestReward, (_invalid, 2), (_right, 0)).Index.Should().Be(1);
        Select(SelectionRule.RewardWeightedVote, (_invalid, 2)).Index.Should().Be(0);
    }

    [Fact]
    public void An_option_keeps_invalid_calls()
    {
        var options = new RewardSelectorOptions { DropInvalid = false };
        RewardSelection selection = new RewardSelector(new Table(), options).Select(
            _prompt, [_invalid, _invalid, _right], [new RewardScore(0), new RewardScore(0), new RewardScore(0)]);

        selection.Index.Should().Be(0);
        selection.Groups[0].IsValid.Should().BeFalse();
    }

    [Fact]
    public void Of_a_group_the_most_frequent_spelling_is_given()
    {
        Candidate other = Book("""{"place":"osteria lume","guests":4}""");

        Select(SelectionRule.RewardWeightedVote, (other, 1), (_right, 0), (_right, 0)).Index.Should().Be(1);
    }

    [Fact]
    public void Huge_rewards_do_not_overflow() =>
        Select(SelectionRule.RewardWeightedVote, (_right, 1e300), (_wrong, -1e300)).Groups[0].Share.Should().Be(1);

    [Fact]
    public async Task Each_different_candidate_is_scored_once()
    {
        var model = new Table();

        RewardSelection selection = await new RewardSelector(model).SelectAsync(_prompt, [_right, _wrong, _right, _right]);

        model.Scored.Should().Equal(_right, _wrong);
        selection.Index.Should().Be(0);
        selection.Scores.Should().HaveCount(4);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var selector = new RewardSelector(new Table());

        selector.Invoking(some => some.Select(_prompt, [], [])).Should().Throw<ArgumentException>().WithMessage("*at least one candidate*");
        selector.Invoking(some => some.Select(_prompt, [_right], [])).Should().Throw<ArgumentException>().WithMessage("*1 candidates and 0 scores*");
        FluentActions.Invoking(() => new RewardSelector(new Table(), new RewardSelectorOptions { Temperature = 0 }))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*above 0*");
        FluentActions.Invoking(() => new RewardSelector(new Table(), new RewardSelectorOptions { Rule = (SelectionRule)9 }))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    private static Candidate Book(string arguments) => Candidate.FromCalls(ToolCall.Parse("book", arguments));

    private static RewardSelection Select(SelectionRule rule, params (Candidate Candidate, double Reward)[] scored) =>
        new RewardSelector(new Table(), new RewardSelectorOptions { Rule = rule }).Select(
            _prompt, [.. scored.Select(one => one.Candidate)], [.. scored.Select(one => new RewardScore(one.Reward))]);

    private sealed class Table : IRewardModel
    {
        public List<Candidate> Scored { get; } = [];

        public Task<IReadOnlyList<RewardScore>> ScoreAsync(RewardRequest request, CancellationToken cancellationToken = default)
        {
            Scored.AddRange(request.Candidates);
            return Task.FromResult<IReadOnlyList<RewardScore>>([.. request.Candidates.Select(_ => new RewardScore(0))]);
        }
    }
}
