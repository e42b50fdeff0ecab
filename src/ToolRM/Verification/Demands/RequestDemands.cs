using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Demands;

/// <summary>What the newest message of the user asks for, as far as its words tell. Immutable.</summary>
internal sealed class RequestDemands
{
    public RequestDemands(Conversation conversation)
    {
        IReadOnlyList<Word> words = conversation.LastTurnWords;
        Gaps = GapScanner.Scan(conversation.LastTurn, words);
        Content = words.Where(word => !Words.IsStopWord(word.Text)).Select(word => word.Stem).ToHashSet(StringComparer.Ordinal);
        Verbs = VerbClasses.Of(words);
        Actions = ActionScanner.Scan(words, Gaps);
        Sentences = words.Count == 0 ? 0 : 1 + Gaps.Skip(1).Count(gap => gap == Gap.Sentence);
        Lists = ListScanner.Scan(conversation.LastTurn, words, Gaps);
    }

    /// <summary>What lies before each word.</summary>
    public IReadOnlyList<Gap> Gaps { get; }

    /// <summary>The different stems that are no stop words.</summary>
    public IReadOnlySet<string> Content { get; }

    /// <summary>The kinds of all verbs; see <see cref="VerbClasses"/>.</summary>
    public uint Verbs { get; }

    /// <summary>The kinds of the verbs that clauses begin with, in their order: one for each thing demanded.</summary>
    public IReadOnlyList<uint> Actions { get; }

    /// <summary>Number of sentences.</summary>
    public int Sentences { get; }

    /// <summary>Items that are listed: Paris, London and Rome.</summary>
    public IReadOnlyList<ListedItems> Lists { get; }
}
