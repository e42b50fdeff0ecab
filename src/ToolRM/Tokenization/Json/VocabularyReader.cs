using System.Text.Json;

namespace ToolRM.Tokenization.Json;

/// <summary>Reads vocabulary, merges and added tokens of a <c>tokenizer.json</c>.</summary>
internal static class VocabularyReader
{
    /// <summary>Tables are sized by the largest id, so a single huge id must not make them huge.</summary>
    private const int MaxId = (1 << 22) - 1;

    /// <summary>Bounds the work of matching at one place of a text.</summary>
    private const int MaxAddedTokenLength = 1024;

    /// <summary>The tokens by id; <paramref name="ids"/> receives the way back.</summary>
    public static string?[] ReadVocabulary(JsonElement vocabulary, Dictionary<string, int> ids)
    {
        int largest = -1;
        foreach (JsonProperty entry in vocabulary.EnumerateObject())
        {
            int id = ReadId(entry.Value, entry.Name);
            if (!ids.TryAdd(entry.Name, id) && ids[entry.Name] != id)
            {
                throw new TokenizerFormatException(
                    $"The tokenizer's vocabulary has {JsonFields.Quote(entry.Name)} twice, as {ids[entry.Name]} and as {id}.");
            }

            largest = Math.Max(largest, id);
        }

        var tokens = new string?[largest + 1];
        foreach ((string token, int id) in ids)
        {
            if (tokens[id] is { } other)
            {
                throw new TokenizerFormatException(
                    $"The tokenizer's vocabulary gives the id {id} to both {JsonFields.Quote(other)} and {JsonFields.Quote(token)}.");
            }

            tokens[id] = token;
        }

        return tokens;
    }

    public static List<(int Left, int Right)> ReadMerges(JsonElement merges, Dictionary<string, int> ids)
    {
        var pairs = new List<(int Left, int Right)>(merges.GetArrayLength());
        var lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (JsonElement merge in merges.EnumerateArray())
        {
            (string text, int leftLength) = ReadMerge(merge, pairs.Count);
            ReadOnlySpan<char> left = text.AsSpan(0, leftLength), right = text.AsSpan(leftLength);
            if (!lookup.TryGetValue(left, out int leftId) || !lookup.TryGetValue(right, out int rightId) || !ids.ContainsKey(text))
            {
                throw new TokenizerFormatException(
                    $"Merge {pairs.Count} of the tokenizer joins {JsonFields.Quote(left)} and {JsonFields.Quote(right)}, but not all of these and "
                    + $"{JsonFields.Quote(text)} are in the vocabulary.");
            }

            pairs.Add((leftId, rightId));
        }

        return pairs;
    }

    public static List<AddedToken> ReadAddedTokens(JsonElement? added, string?[] tokens)
    {
        var found = new List<AddedToken>();
        if (added is null)
        {
            return found;
        }

        var byId = new Dictionary<int, string>();
        var contents = new HashSet<string>();
        foreach (JsonElement entry in JsonFields.Require(added, "added_tokens", JsonValueKind.Array).EnumerateArray())
        {
            string content = JsonFields.FindString(JsonFields.Require(entry, "added_tokens[]", JsonValueKind.Object), "content");
            int id = ReadId(JsonFields.Find(entry, "id") ?? default, content);
            if (content.Length is 0 or > MaxAddedTokenLength)
            {
                throw new TokenizerFormatException(
                    $"The added token {id} should have 1 to {MaxAddedTokenLength} characters; it has {content.Length}.");
            }

            string? other = byId.GetValueOrDefault(id) ?? (id < tokens.Length ? tokens[id] : null);
            if ((other is not null && other != content) || !contents.Add(content))
            {
                throw new TokenizerFormatException(
                    $"The added token {JsonFields.Quote(content)} with the id {id} is there twice, or its id belongs to {JsonFields.Quote(other)}.");
            }

            byId.Add(id, content);
            bool isSpecial = JsonFields.FindFlag(entry, "special", absent: false);
            found.Add(new AddedToken(id, content)
            {
                IsSpecial = isSpecial,
                IsSingleWord = JsonFields.FindFlag(entry, "single_word", absent: false),
                StripsLeft = JsonFields.FindFlag(entry, "lstrip", absent: false),
                StripsRight = JsonFields.FindFlag(entry, "rstrip", absent: false),
                IsNormalized = JsonFields.FindFlag(entry, "normalized", absent: !isSpecial),
            });
        }

        return found;
    }

    /// <summary>A merge as its joined text and the length of the left part: <c>"a b"</c> or <c>["a", "b"]</c>.</summary>
    private static (string Text, int LeftLength) ReadMerge(JsonElement merge, int index)
    {
        if (merge.ValueKind == JsonValueKind.String)
        {
            string pair = merge.GetString()!;
            int space = pair.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && space < pair.Length - 1 && pair.IndexOf(' ', space + 1) < 0)
            {
                return (pair.Remove(space, 1), space);
            }
        }
        else if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2
            && merge[0].ValueKind == JsonValueKind.String && merge[1].ValueKind == JsonValueKind.String)
        {
            string left = merge[0].GetString()!;
            return (left + merge[1].GetString(), left.Length);
        }

        throw new TokenizerFormatException($"Merge {index} of the tokenizer should be a string \"left right\" or an array of two strings.");
    }

    private static int ReadId(JsonElement element, string token)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int id) && id is >= 0 and <= MaxId)
        {
            return id;
        }

        throw new TokenizerFormatException($"The id of the token {JsonFields.Quote(token)} should be a whole number from 0 to {MaxId}.");
    }
}
