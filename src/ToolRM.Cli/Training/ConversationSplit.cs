using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ToolRM.Cli.Training;

/// <summary>
/// Divides rows into those to train on and those held out, by conversation: all rows that ask the same thing fall on the
/// same side. It looks at one row at a time, so the share held out is met only about, and no row's side depends on others.
/// </summary>
/// <param name="seed">Another seed is another split.</param>
/// <param name="fraction">Share of conversations held out, from 0 to 1.</param>
internal sealed class ConversationSplit(ulong seed, double fraction)
{
    /// <summary>
    /// Whether the rows of a conversation are held out. The tools make no difference: the same question with other tools
    /// would tell too much.
    /// </summary>
    public bool IsHeldOut(ToolPrompt prompt)
    {
        byte[] text = Encoding.UTF8.GetBytes((prompt with { Tools = [] }).ToJson());
        var content = new byte[sizeof(ulong) + text.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(content, seed);
        text.CopyTo(content, sizeof(ulong));
        ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(content));
        return (hash >> 11) * (1.0 / (1UL << 53)) < fraction;
    }
}
