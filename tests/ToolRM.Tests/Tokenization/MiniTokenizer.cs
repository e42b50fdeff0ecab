using System.Text.Json;
using System.Text.Json.Nodes;
using ToolRM.Tokenization;

namespace ToolRM.Tests.Tokenization;

/// <summary>Builds a small <c>tokenizer.json</c>: the 256 bytes with their own values as ids, and what a test adds.</summary>
internal sealed class MiniTokenizer
{
    private readonly JsonObject _root = JsonNode.Parse("""
        {
          "added_tokens": [],
          "normalizer": null,
          "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
          "decoder": {"type": "ByteLevel"},
          "model": {"type": "BPE", "vocab": {}, "merges": []}
        }
        """)!.AsObject();

    public MiniTokenizer()
    {
        for (int value = 0; value < 256; value++)
        {
            Vocabulary[ByteAlphabet.ToText([(byte)value])] = value;
        }
    }

    private JsonObject Vocabulary => _root["model"]!["vocab"]!.AsObject();

    /// <summary>Sets the part at a path such as <c>model.type</c> to some JSON.</summary>
    public MiniTokenizer With(string path, string json)
    {
        string[] names = path.Split('.');
        JsonNode parent = names[..^1].Aggregate((JsonNode)_root, (node, name) => node[name]!);
        parent[names[^1]] = JsonNode.Parse(json);
        return this;
    }

    /// <summary>Adds merges as "left right"; what they make gets the next ids from 256 on.</summary>
    public MiniTokenizer Merging(params string[] merges)
    {
        foreach (string merge in merges)
        {
            _root["model"]!["merges"]!.AsArray().Add(merge);
            string made = merge.Replace(" ", "", StringComparison.Ordinal);
            if (!Vocabulary.ContainsKey(made))
            {
                Vocabulary[made] = Vocabulary.Count;
            }
        }

        return this;
    }

    public MiniTokenizer Token(string token, int id)
    {
        Vocabulary[token] = id;
        return this;
    }

    public MiniTokenizer Without(string token)
    {
        Vocabulary.Remove(token);
        return this;
    }

    /// <summary>Adds an added token; <paramref name="flags"/> are set to true.</summary>
    public MiniTokenizer Adding(int id, string content, params string[] flags)
    {
        var token = new JsonObject { ["id"] = id, ["content"] = content, ["normalized"] = false };
        foreach (string flag in flags)
        {
            token[flag] = true;
        }

        _root["added_tokens"]!.AsArray().Add(token);
        return this;
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(_root);

    public BpeTokenizer Load() => BpeTokenizer.Load(ToJson());

    public int[] Encode(string text)
    {
        var ids = new List<int>();
        Load().Encode(text, ids);
        return [.. ids];
    }
}
