using System.Buffers.Binary;
using System.Text;

namespace ToolRM.MLTokenizers.Tests;

/// <summary>
/// A tiny SentencePiece model of the BPE kind, written field by field (sentencepiece_model.proto): the pieces for unknown text, beginning
/// and end, a piece for each byte, and those asked for, of which the first are merged first.
/// </summary>
internal static class SentencePieceFile
{
    public const int Unknown = 0, Beginning = 1, End = 2, FirstByte = 3, FirstPiece = FirstByte + 256;
    private const int Normal = 1, UnknownKind = 2, Control = 3, ByteKind = 6;
    private const int BpeModel = 2;

    public static byte[] Create(IEnumerable<string> pieces)
    {
        var file = new List<byte>();
        AddPiece("<unk>", 0, UnknownKind);
        AddPiece("<s>", 0, Control);
        AddPiece("</s>", 0, Control);
        for (int value = 0; value < 256; value++)
        {
            AddPiece($"<0x{value:X2}>", 0, ByteKind);
        }

        float score = 0;
        foreach (string piece in pieces)
        {
            AddPiece(piece, score--, Normal);
        }

        AddBytes(file, 2, [.. Number(3, BpeModel), .. Number(35, 1), .. Number(40, Unknown), .. Number(41, Beginning), .. Number(42, End)]);
        AddBytes(file, 3, [.. Number(3, 1), .. Number(4, 0), .. Number(5, 1)]);
        return [.. file];

        void AddPiece(string text, float score, int kind)
        {
            var piece = new List<byte>();
            AddBytes(piece, 1, Encoding.UTF8.GetBytes(text));
            piece.Add((2 << 3) | 5);
            var bits = new byte[sizeof(float)];
            BinaryPrimitives.WriteSingleLittleEndian(bits, score);
            piece.AddRange(bits);
            piece.AddRange(Number(3, kind));
            AddBytes(file, 1, [.. piece]);
        }
    }

    private static void AddBytes(List<byte> destination, int field, byte[] bytes)
    {
        destination.AddRange([.. Varint((field << 3) | 2), .. Varint(bytes.Length)]);
        destination.AddRange(bytes);
    }

    private static IEnumerable<byte> Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
