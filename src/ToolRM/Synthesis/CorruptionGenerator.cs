using System.Globalization;
using ToolRM.Data;

namespace ToolRM.Synthesis;

/// <summary>
/// Makes preference pairs from right answers alone, by spoiling them in the ways language models do. Thread-safe.
/// <para>
/// Every draw depends only on the examples the generator was made of, the options, the example spoiled, the style and a seed: the
/// same pair comes out on every machine, in whatever order or number draws are made.
/// </para>
/// </summary>
public sealed class CorruptionGenerator
{
    private const int ExamplesOfAStyle = 12;
    private const int StylesOfADraw = 8;
    private const int DrawsOfAStyle = 3;

    /// <summary>A stream of random numbers that no style has.</summary>
    private const ulong StreamOfStyles = ulong.MaxValue;

    private readonly CorruptionPools _pools;
    private readonly CorruptionOptions _options;
    private readonly double[] _weights;

    /// <summary>A generator that takes other values and tools from these examples.</summary>
    /// <param name="golds">The examples, normally those to be spoiled; their values are remembered by the parameter's name.</param>
    /// <param name="options">Which wrong calls are made; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of the options is out of its range.</exception>
    public CorruptionGenerator(IReadOnlyList<GoldExample> golds, CorruptionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(golds);
        _options = options ?? new CorruptionOptions();
        _options.Validate();
        _pools = new CorruptionPools(golds);
        _weights = [.. Corruptions.All.Select(corruption => _options.Weights.GetValueOrDefault(corruption.Style))];
    }

    /// <summary>Spoils an example in one style.</summary>
    /// <param name="gold">The example.</param>
    /// <param name="style">The style.</param>
    /// <param name="seed">Which of the many draws; any value.</param>
    /// <returns>
    /// A pair with its own prompt and right side, <see cref="PreferencePair.ErrorType"/> as FC-RewardBench would label it, and the style's
    /// name as <see cref="PreferencePair.Source"/>. <see langword="null"/> if the style does not suit the example or this draw came to
    /// nothing: the wrong side means the same, or the right side breaks the tools' schemas.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The style is none of the enumeration.</exception>
    public PreferencePair? Corrupt(GoldExample gold, CorruptionStyle style, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(gold);
        Corruption corruption = Corruptions.Of(style);
        var dice = Dice.Create(seed, (ulong)style);
        if (Draft.Create(gold, _pools, dice) is not { } draft || !corruption.Apply(draft))
        {
            return null;
        }

        // The error type is that of the corruption, which defaults would only hide.
        if (ErrorOf(draft) is not { } error)
        {
            return null;
        }

        if (corruption.AllowsNeutralDefaults && AddNeutralDefaults(draft) && ErrorOf(draft) is null)
        {
            return null;
        }

        Candidate chosen = Build(draft.Chosen);
        if (ToolCallValidator.Validate(chosen.Calls, draft.Tools).Count > 0)
        {
            return null;
        }

        string id = string.Create(CultureInfo.InvariantCulture, $"{gold.Id}/{style}/{seed}");
        return new PreferencePair(id, new ToolPrompt(draft.Messages, draft.Tools), chosen, Build(draft.Rejected))
        {
            ErrorType = error.Label(),
            Source = style.ToString(),
        };
    }

    /// <summary>Spoils an example in a style drawn by the weights from those that suit it.</summary>
    /// <param name="gold">The example.</param>
    /// <param name="seed">Which of the many draws; any value.</param>
    /// <returns>As the other; <see langword="null"/> if no style suits the example.</returns>
    /// <remarks>
    /// Styles that suit few examples are rarer here than by their weights. Use <see cref="Generate"/> for pairs in these proportions.
    /// </remarks>
    public PreferencePair? Corrupt(GoldExample gold, ulong seed)
    {
        var dice = Dice.Create(seed, StreamOfStyles);
        double[] weights = [.. _weights];
        while (weights.Any(weight => weight > 0))
        {
            int style = dice.Weighted(weights);
            for (int i = 0; i < DrawsOfAStyle; i++)
            {
                if (Corrupt(gold, Corruptions.All[style].Style, dice.Next()) is { } pair)
                {
                    return pair;
                }
            }

            weights[style] = 0;
        }

        return null;
    }

    /// <summary>Spoils examples at random, in styles by their weights.</summary>
    /// <param name="golds">The examples to spoil.</param>
    /// <param name="count">How many pairs to make; at least 0. Fewer come where hardly any style suits the examples.</param>
    /// <param name="seed">Seed of all draws; any value.</param>
    /// <returns>The pairs, made while they are enumerated.</returns>
    public IEnumerable<PreferencePair> Generate(IReadOnlyList<GoldExample> golds, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(golds);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Enumerable.Range(0, golds.Count == 0 ? 0 : count).Select(index => Draw(golds, seed, index)).OfType<PreferencePair>();
    }

    /// <summary>
    /// The pair of this index among those of <see cref="Generate"/>, which depends on no other, so that they can be made in parallel;
    /// <see langword="null"/> if no example tried suits any style drawn.
    /// </summary>
    internal PreferencePair? Draw(IReadOnlyList<GoldExample> golds, ulong seed, long index)
    {
        var dice = Dice.Create(seed, (ulong)index);
        for (int i = 0; i < StylesOfADraw; i++)
        {
            CorruptionStyle style = Corruptions.All[dice.Weighted(_weights)].Style;
            for (int j = 0; j < ExamplesOfAStyle; j++)
            {
                if (Corrupt(dice.Pick(golds), style, dice.Next()) is { } pair)
                {
                    return pair;
                }
            }
        }

        return null;
    }

    private static Candidate Build(List<CallDraft> calls) => Candidate.FromCalls([.. calls.Select(call => call.ToCall())]);

    /// <summary>What is wrong with the rejected calls; <see langword="null"/> if they mean the same.</summary>
    private static ToolCallErrorType? ErrorOf(Draft draft) =>
        ToolCallComparer.Compare(Build(draft.Chosen), Build(draft.Rejected), draft.Tools).ErrorType;

    private bool AddNeutralDefaults(Draft draft)
    {
        bool chosen = draft.Dice.Chance(_options.NeutralDefaults) && NeutralDefaults.Add(draft, draft.Chosen);
        bool rejected = draft.Dice.Chance(_options.NeutralDefaults) && NeutralDefaults.Add(draft, draft.Rejected);
        return chosen || rejected;
    }
}
