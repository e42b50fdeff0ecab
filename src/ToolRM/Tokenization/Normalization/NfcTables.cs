using System.Collections;

namespace ToolRM.Tokenization.Normalization;

/// <summary>The tables of <see cref="NfcData"/>, unpacked at first use.</summary>
internal sealed class NfcTables
{
    /// <summary>From here on no code point takes part in normalisation.</summary>
    private const int End = 0x30000;

    private readonly Dictionary<int, (int First, int Second)> _decompositions = [];
    private readonly Dictionary<long, int> _compositions = [];
    private readonly Dictionary<int, byte> _combiningClasses = [];
    private readonly BitArray _unstable = new(End);

    private NfcTables()
    {
        ReadDecompositions();
        ReadCombiningClasses();
        for (int jamo = Hangul.VowelFirst; jamo < Hangul.TrailFirst + Hangul.TrailCount; jamo++)
        {
            _unstable[jamo] |= Hangul.IsVowel(jamo) || Hangul.IsTrail(jamo);
        }
    }

    public static NfcTables Instance { get; } = new();

    /// <summary>Whether a code point may change, move, or join the one before it. A text without any is already normalised.</summary>
    public bool IsUnstable(int codePoint) => codePoint < End && _unstable[codePoint];

    public byte CombiningClass(int codePoint) => _combiningClasses.GetValueOrDefault(codePoint);

    /// <summary>One step of decomposition; <c>Second</c> is -1 if there is only one part.</summary>
    public bool TryDecompose(int codePoint, out (int First, int Second) parts) => _decompositions.TryGetValue(codePoint, out parts);

    public bool TryCompose(int first, int second, out int composite) =>
        Hangul.TryCompose(first, second, out composite) || _compositions.TryGetValue(PairKey(first, second), out composite);

    private void ReadDecompositions()
    {
        ReadOnlySpan<byte> data = NfcData.Decompositions;
        int codePoint = 0, first = 0, second = 0;
        while (!data.IsEmpty)
        {
            int head = ReadNumber(ref data);
            codePoint += head / 3;
            first += ReadSigned(ref data);
            int kind = head % 3;
            if (kind == 2)
            {
                _decompositions.Add(codePoint, (first, -1));
                _unstable[codePoint] = true;
                continue;
            }

            second += ReadSigned(ref data);
            _decompositions.Add(codePoint, (first, second));
            if (kind == 0)
            {
                _compositions.Add(PairKey(first, second), codePoint);
                _unstable[second] = true;
            }
            else
            {
                _unstable[codePoint] = true;
            }
        }
    }

    private void ReadCombiningClasses()
    {
        ReadOnlySpan<byte> data = NfcData.CombiningClasses;
        int codePoint = 0;
        while (!data.IsEmpty)
        {
            codePoint += ReadNumber(ref data);
            int length = ReadNumber(ref data);
            byte value = (byte)ReadNumber(ref data);
            for (int i = 0; i < length; i++)
            {
                _combiningClasses.Add(codePoint + i, value);
                _unstable[codePoint + i] = true;
            }

            codePoint += length - 1;
        }
    }

    private static long PairKey(int first, int second) => ((long)first << 32) | (uint)second;

    private static int ReadNumber(ref ReadOnlySpan<byte> data)
    {
        int number = 0;
        for (int shift = 0; ; shift += 5)
        {
            int digit = Digit(data[0]);
            data = data[1..];
            number |= (digit & 31) << shift;
            if (digit < 32)
            {
                return number;
            }
        }
    }

    private static int ReadSigned(ref ReadOnlySpan<byte> data)
    {
        int number = ReadNumber(ref data);
        return (number >> 1) ^ -(number & 1);
    }

    private static int Digit(byte symbol) => symbol switch
    {
        >= (byte)'a' => symbol - 'a' + 26,
        >= (byte)'A' => symbol - 'A',
        >= (byte)'0' => symbol - '0' + 52,
        (byte)'+' => 62,
        _ => 63,
    };
}
