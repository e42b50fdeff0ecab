using System.Collections.Frozen;
using ToolRM.Verification.Tables;
using ToolRM.Verification.Text;

namespace ToolRM.Verification.Demands;

/// <summary>Finds the verbs that clauses begin with: in "Please find a hotel and then book it" find and book.</summary>
internal static class ActionScanner
{
    private static readonly FrozenSet<string> _joints =
        Set("and then also plus additionally finally next after afterwards lastly secondly thirdly or but");

    private static readonly FrozenSet<string> _leadIns =
        Set("please can could would will you i we d m ll s re like love to me us let help kindly just now first hey hi hello so if should may must my going able");

    private static readonly FrozenSet<string> _wishes = Set("want need like");

    /// <summary>The kinds of the verbs, in their order.</summary>
    public static List<uint> Scan(IReadOnlyList<Word> words, IReadOnlyList<Gap> gaps)
    {
        var actions = new List<uint>();
        bool isStart = true;
        uint wish = 0;
        for (int i = 0; i < words.Count; i++)
        {
            Word word = words[i];
            if (gaps[i] != Gap.None || _joints.Contains(word.Text))
            {
                isStart = true;
                wish = 0;
            }

            if (!isStart || _joints.Contains(word.Text))
            {
                continue;
            }

            if (_wishes.Contains(word.Text))
            {
                wish = VerbClasses.Of("want");
            }
            else if (!_leadIns.Contains(word.Text))
            {
                isStart = false;

                // A wish for a thing ("I need a table") demands something too; one to do something is counted by its verb.
                uint kinds = VerbClasses.IsVerb(word.Stem) ? VerbClasses.Of(word.Stem) : wish;
                if (kinds != 0)
                {
                    actions.Add(kinds);
                }
            }
        }

        return actions;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
