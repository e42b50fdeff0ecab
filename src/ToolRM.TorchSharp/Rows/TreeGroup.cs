using ToolRM.Engines;

namespace ToolRM.TorchSharp.Rows;

/// <summary>Neighbouring trees whose attention is computed together.</summary>
/// <param name="FirstSegment">Index of the first root.</param>
/// <param name="Segments">Number of segments.</param>
/// <param name="FirstRow">Index of the first token.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="Trunk">Number of tokens at the beginning that see exactly those before them; zero if the group has several trees.</param>
internal readonly record struct TreeGroup(int FirstSegment, int Segments, int FirstRow, int Tokens, int Trunk)
{
    /// <summary>
    /// Cuts a forest into groups. Small trees share a product, in which most scores may be wasted, because each product costs some
    /// time whatever its size; a larger tree is a group by itself.
    /// </summary>
    public static List<TreeGroup> Of(TokenForest forest, int mostTokensOfSeveralTrees)
    {
        var groups = new List<TreeGroup>();
        for (int segment = 0; segment < forest.Segments.Length;)
        {
            TreeGroup tree = Tree(forest, segment);
            segment += tree.Segments;
            if (groups.Count > 0 && groups[^1].Tokens + tree.Tokens <= mostTokensOfSeveralTrees)
            {
                TreeGroup last = groups[^1];
                groups[^1] = new TreeGroup(last.FirstSegment, last.Segments + tree.Segments, last.FirstRow, last.Tokens + tree.Tokens, Trunk: 0);
            }
            else
            {
                groups.Add(tree);
            }
        }

        return groups;
    }

    private static TreeGroup Tree(TokenForest forest, int root)
    {
        int end = root + 1;
        while (end < forest.Segments.Length && forest.Segments[end].Parent >= 0)
        {
            end++;
        }

        int trunkEnd = root + 1;
        while (trunkEnd < end && forest.Segments[trunkEnd].Parent == trunkEnd - 1 && Children(forest, trunkEnd - 1, end) == 1)
        {
            trunkEnd++;
        }

        int first = forest.Segments[root].Start;
        int TokensUntil(int segment) => (segment < forest.Segments.Length ? forest.Segments[segment].Start : forest.Tokens.Length) - first;
        return new TreeGroup(root, end - root, first, TokensUntil(end), TokensUntil(trunkEnd));
    }

    private static int Children(TokenForest forest, int parent, int end)
    {
        int count = 0;
        for (int s = parent + 1; s < end; s++)
        {
            count += forest.Segments[s].Parent == parent ? 1 : 0;
        }

        return count;
    }
}
