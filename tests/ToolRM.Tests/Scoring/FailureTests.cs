using ToolRM.Scoring;

namespace ToolRM.Tests.Scoring;

/// <summary>Whom an error reaches.</summary>
public class FailureTests
{
    public static TheoryData<int[], int[][], string> Wrong => new()
    {
        { [1], [[2], [3, 100]], "*Request 1: token id 100 is not*vocabulary of 100*" },
        { [1, -1], [[2]], "*Request 1: token id -1 is not*" },
        { [1], [[2], []], "*Request 1*0 tokens*at least 1*" },
        { [1], [], "*Request 1 has no candidate*" },
        { new int[40], [[2], new int[11]], "*Request 1*11 tokens after a prompt of 40*at most 50*" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_request_that_cannot_be_computed_fails_its_own_call_only(int[] prompt, int[][] candidates, string message)
    {
        using var held = new HeldScorer();
        await held.Occupy(1);
        Task<float[][]> before = held.Score([2]);
        Task wrong = held.Scorer.ScoreAsync([new EncodedRequest([4], [[4]]), new EncodedRequest(prompt, candidates)], default);
        Task<float[][]> after = held.Score([3]);

        wrong.IsFaulted.Should().BeTrue();
        await wrong.Invoking(task => task).Should().ThrowAsync<ArgumentException>().WithMessage(message);
        (await held.NextForest()).Should().Equal(2, 3);
        held.Engine.Release();
        await Task.WhenAll(before, after);
    }

    [Fact]
    public async Task An_error_of_the_engine_reaches_the_calls_of_its_forest_and_the_next_is_computed()
    {
        using var held = new HeldScorer(tokenBudget: 2);
        await held.Occupy(1);
        held.Engine.Error = new InvalidDataException("the engine broke");
        Task first = held.Score([2], [3]), second = held.Score([4]);
        Task<float[][]> third = held.Score([5]);
        (await held.NextForest()).Should().Equal(2, 4);
        held.Engine.Error = null;

        (await held.NextForest()).Should().Equal([5], "the rest of a call that failed is dropped");
        held.Engine.Release();

        await first.Invoking(task => task).Should().ThrowExactlyAsync<InvalidDataException>().WithMessage("the engine broke");
        await second.Invoking(task => task).Should().ThrowExactlyAsync<InvalidDataException>();
        (await third)[0].Should().Equal(5);
    }
}
