using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ToolRM.Data;
using ToolRM.Synthesis;

namespace ToolRM.Recipes;

/// <summary>Pairs and the right answers they are about, divided into those to learn from and those held out.</summary>
internal sealed class RecipeCorpus
{
    private RecipeCorpus(
        IReadOnlyList<PreferencePair> given,
        IReadOnlyList<GoldExample> golds,
        IReadOnlyList<PreferencePair> heldOut,
        IReadOnlyList<GoldExample> heldOutGolds) =>
        (Given, Golds, HeldOut, HeldOutGolds) = (given, golds, heldOut, heldOutGolds);

    /// <summary>The pairs to learn from.</summary>
    public IReadOnlyList<PreferencePair> Given { get; }

    /// <summary>Their different right answers.</summary>
    public IReadOnlyList<GoldExample> Golds { get; }

    /// <summary>The pairs held out: those whose right answer calls a function that no right answer of <see cref="Given"/> calls.</summary>
    public IReadOnlyList<PreferencePair> HeldOut { get; }

    /// <summary>Their different right answers.</summary>
    public IReadOnlyList<GoldExample> HeldOutGolds { get; }

    /// <summary>Divides pairs by the functions that are called: what is held out is about tools never learnt.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="seed">Another seed is another split.</param>
    /// <param name="fraction">Share of the functions that are held out.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<RecipeCorpus> SplitAsync(
        IReadOnlyList<PreferencePair> pairs, ulong seed, double fraction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ILookup<bool, PreferencePair> sides = pairs.ToLookup(pair => pair.Chosen.Calls.Any(call => IsHeldOut(call.Name, seed, fraction)));
        PreferencePair[] given = [.. sides[false]], heldOut = [.. sides[true]];
        return new RecipeCorpus(
            given,
            await GoldExamples.CollectAsync(given.ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false),
            heldOut,
            await GoldExamples.CollectAsync(heldOut.ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false));
    }

    private static bool IsHeldOut(string function, ulong seed, double fraction)
    {
        var content = new byte[sizeof(ulong) + Encoding.UTF8.GetByteCount(function)];
        BinaryPrimitives.WriteUInt64LittleEndian(content, seed);
        Encoding.UTF8.GetBytes(function, content.AsSpan(sizeof(ulong)));
        return (BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(content)) >> 11) * (1.0 / (1UL << 53)) < fraction;
    }
}
