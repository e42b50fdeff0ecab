using ToolRM.Data;
using ToolRM.Prompts;
using ToolRM.Recipes;
using ToolRM.Tokenization;
using ToolRM.Training;
using ToolRM.Verification;

namespace ToolRM.Tests.Recipes;

public sealed class ResidualPairsTests
{
    private const ulong Seed = 3;

    private static readonly string[] _functions = [.. RecipePairs.Tools.Select(tool => tool.Name)];

    private static readonly LinearHead _verifier = new(
        [.. FeatureSet.Definitions.Select((_, i) => new FeatureWeight((i % 7) - 3, i % 3 * 0.1f, 1))], 0.5f);

    private static readonly BpeTokenizer _tokenizer = BpeTrainer.Train(
        RecipePairs.All.Select(pair => new AnnotatedTemplate().Render(pair.Prompt, pair.Chosen)),
        new BpeTrainerOptions { VocabularySize = 420, SpecialTokens = AnnotatedTemplate.ControlTokens });

    private static TokenizedPair[] Encode(
        double cipherShare, int draw = 0, int threads = 2, ulong seed = Seed, IReadOnlyList<PreferencePair>? pairs = null) =>
        new ResidualPairs(_verifier, _tokenizer, seed, cipherShare, threads).Encode(pairs ?? RecipePairs.All, draw, default);

    private static string[] Tell(IEnumerable<TokenizedPair> pairs) =>
    [
        .. pairs.Select(pair =>
            $"{pair.Id} {pair.Draw} {pair.Margin:R} {string.Join(',', pair.Prompt)} {string.Join(',', pair.Chosen)} {string.Join(',', pair.Rejected)}"),
    ];

    private static string Text(TokenizedPair pair) => _tokenizer.Decode([.. pair.Prompt, .. pair.Chosen, .. pair.Rejected]);

    private static bool IsCiphered(TokenizedPair pair) => !_functions.Any(Text(pair).Contains);

    private static double Score(ToolPrompt prompt, Candidate candidate) =>
        _verifier.Score(FeatureSet.Compute(new CandidateFacts(new RequestFacts(prompt), candidate)));

    [Fact]
    public void What_the_verifier_knows_is_taken_off_the_margin()
    {
        PreferencePair[] pairs = [.. RecipePairs.All.Select((pair, i) => pair with { Margin = i % 2 })];

        TokenizedPair[] encoded = Encode(0.5, draw: 4, pairs: pairs);

        encoded.Select(pair => (pair.Id, pair.Draw)).Should().Equal(pairs.Select(pair => (pair.Id, 4)));
        encoded.Select(pair => pair.Margin).Should().Equal(
            pairs.Select(pair => pair.Margin - (Score(pair.Prompt, pair.Chosen) - Score(pair.Prompt, pair.Rejected))));
        encoded.Should().Contain(pair => pair.Margin < 0).And.Contain(pair => pair.Margin > 0);
    }

    [Fact]
    public void Without_ciphers_the_tokens_are_those_of_the_template()
    {
        var template = new AnnotatedTemplate();
        var encoder = new PairEncoder(template, _tokenizer);

        foreach ((TokenizedPair pair, PreferencePair source) in Encode(0).Zip(RecipePairs.All))
        {
            TokenizedPair expected = encoder.Encode(source);
            pair.Prompt.Should().Equal(expected.Prompt);
            pair.Chosen.Should().Equal(expected.Chosen);
            pair.Rejected.Should().Equal(expected.Rejected);
            Text(pair).Should().ContainAll(_functions);
        }
    }

    [Fact]
    public void With_ciphers_no_name_is_left_and_margins_are_the_same()
    {
        TokenizedPair[] plain = Encode(0), ciphered = Encode(1);

        ciphered.Should().OnlyContain(pair => IsCiphered(pair));
        ciphered.Select(pair => pair.Margin).Should().Equal(plain.Select(pair => pair.Margin));
    }

    [Fact]
    public void A_share_of_the_requests_has_ciphers()
    {
        PreferencePair[] pairs =
        [
            .. Enumerable.Range(0, 300).Select(i =>
                RecipePairs.All[0] with { Prompt = ToolPrompt.FromUser($"request {i}", RecipePairs.Tools) }),
        ];

        Encode(0.25, pairs: pairs).Count(IsCiphered).Should().BeInRange(50, 100);
    }

    [Fact]
    public void Pairs_of_a_request_have_one_cipher_in_a_draw_and_another_in_the_next()
    {
        PreferencePair[] pairs = [RecipePairs.All[0], RecipePairs.All[0] with { Id = "b", Rejected = Candidate.NoCall }, RecipePairs.All[1]];

        TokenizedPair[] first = Encode(1, draw: 0, pairs: pairs), second = Encode(1, draw: 1, pairs: pairs);

        first[1].Prompt.Should().Equal(first[0].Prompt);
        first[1].Chosen.Should().Equal(first[0].Chosen);
        second[0].Prompt.Should().NotEqual(first[0].Prompt);
        second[1].Prompt.Should().Equal(second[0].Prompt);
        Encode(1, seed: Seed + 100, pairs: pairs)[0].Prompt.Should().NotEqual(first[0].Prompt);
        string Names(TokenizedPair pair) =>
            string.Join(' ', Text(pair).Split("<|tool|>").Skip(1).Select(tool => tool.Trim().Split(':')[0]).Order());
        Names(first[2]).Should().NotBe(Names(first[0]), "another request has another cipher");
    }

    [Fact]
    public void Pairs_are_the_same_whatever_the_threads()
    {
        string[] expected = Tell(Encode(0.5, threads: 1));

        Tell(Encode(0.5, threads: 5)).Should().Equal(expected);
        Tell(Encode(0.5, threads: 2)).Should().Equal(expected);
    }

    [Fact]
    public void A_prompt_without_messages_is_no_problem() =>
        Encode(0.5, pairs: [RecipePairs.All[0] with { Prompt = new ToolPrompt([], RecipePairs.Tools) }, RecipePairs.All[0] with
        {
            Prompt = new ToolPrompt([new ChatMessage(ChatRole.Assistant, null)], []),
        }]).Should().OnlyContain(pair => pair.Prompt.Length > 0 && pair.Chosen.Length > 0);

    [Fact]
    public void Cancelled_work_says_so() =>
        new ResidualPairs(_verifier, _tokenizer, Seed, 0, 2).Invoking(it => it.Encode(RecipePairs.All, 0, new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();
}
