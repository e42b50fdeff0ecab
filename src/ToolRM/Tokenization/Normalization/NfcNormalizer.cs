using System.Buffers;
using System.Text;

namespace ToolRM.Tokenization.Normalization;

/// <summary>
/// Unicode normalisation form C (UAX 15). Own code, because <see cref="string.Normalize()"/> does nothing at all in the
/// invariant globalization mode and otherwise depends on the machine's ICU: token ids must be the same everywhere.
/// Holds buffers, so one instance serves one thread at a time.
/// </summary>
internal sealed class NfcNormalizer
{
    /// <summary>Below this every text is normalised: the first combining mark.</summary>
    private const char FirstUnstable = '\u0300';

    /// <summary>Below this nothing decomposes.</summary>
    private const int FirstDecomposable = 0xC0;

    private const int CodePointBits = 21;
    private const ulong CodePointMask = (1UL << CodePointBits) - 1;
    private const int ClassShift = 56;

    /// <summary>Buffers longer than this are not kept for the next text.</summary>
    private const int KeptLength = 1 << 20;

    /// <summary>Decomposed characters as (combining class, position, code point), so that sorting numbers is canonical ordering.</summary>
    private ulong[] _items = [];
    private int _count;
    private char[] _output = [];

    /// <summary>
    /// <paramref name="text"/> in form C, with U+FFFD for lone surrogates: the text itself if it is so already, otherwise
    /// a span that is valid until the next call.
    /// </summary>
    public ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text)
    {
        if (IsNormalized(text))
        {
            return text;
        }

        Decompose(text);
        Compose();
        return WriteOutput();
    }

    /// <summary>Lets go of buffers that an unusually long text has left behind.</summary>
    public void Trim()
    {
        if (_items.Length > KeptLength)
        {
            _items = [];
            _output = [];
        }
    }

    /// <summary>A quick check that may say no for a text that is normalised (<c>NFC_QC=Maybe</c>).</summary>
    private static bool IsNormalized(ReadOnlySpan<char> text)
    {
        int start = text.IndexOfAnyExceptInRange('\0', (char)(FirstUnstable - 1));
        if (start < 0)
        {
            return true;
        }

        NfcTables tables = NfcTables.Instance;
        for (ReadOnlySpan<char> rest = text[start..]; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out Rune rune, out int width) != OperationStatus.Done || tables.IsUnstable(rune.Value))
            {
                return false;
            }

            rest = rest[width..];
        }

        return true;
    }

    private void Decompose(ReadOnlySpan<char> text)
    {
        _count = 0;
        int markStart = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, ref markStart);
        }

        SortMarks(markStart);
    }

    private void Decompose(int codePoint, ref int markStart)
    {
        if (Hangul.TryDecompose(codePoint, out (int Lead, int Vowel, int Trail) syllable))
        {
            Append(syllable.Lead, ref markStart);
            Append(syllable.Vowel, ref markStart);
            if (syllable.Trail >= 0)
            {
                Append(syllable.Trail, ref markStart);
            }
        }
        else if (codePoint >= FirstDecomposable && NfcTables.Instance.TryDecompose(codePoint, out (int First, int Second) parts))
        {
            Decompose(parts.First, ref markStart);
            if (parts.Second >= 0)
            {
                Decompose(parts.Second, ref markStart);
            }
        }
        else
        {
            Append(codePoint, ref markStart);
        }
    }

    private void Append(int codePoint, ref int markStart)
    {
        byte combiningClass = codePoint < FirstUnstable ? (byte)0 : NfcTables.Instance.CombiningClass(codePoint);
        if (combiningClass == 0)
        {
            SortMarks(markStart);
            markStart = _count + 1;
        }

        if (_count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(256, _count * 2));
        }

        _items[_count] = ((ulong)combiningClass << ClassShift) | ((ulong)_count << CodePointBits) | (uint)codePoint;
        _count++;
    }

    private void SortMarks(int start)
    {
        if (_count - start > 1)
        {
            _items.AsSpan(start, _count - start).Sort();
        }
    }

    private void Compose()
    {
        const int NoStarter = 256;
        NfcTables tables = NfcTables.Instance;
        int written = 0, starter = 0, starterAt = 0, lastClass = NoStarter;
        for (int i = 0; i < _count; i++)
        {
            int codePoint = (int)(_items[i] & CodePointMask);
            int combiningClass = (int)(_items[i] >> ClassShift);

            // A mark joins its starter unless one of the same or a higher class stands between them.
            if ((lastClass == 0 || lastClass < combiningClass) && tables.TryCompose(starter, codePoint, out int composite))
            {
                starter = composite;
                _items[starterAt] = (uint)composite;
                continue;
            }

            if (combiningClass == 0)
            {
                starter = codePoint;
                starterAt = written;
                lastClass = 0;
            }
            else if (lastClass != NoStarter)
            {
                lastClass = combiningClass;
            }

            _items[written++] = (uint)codePoint;
        }

        _count = written;
    }

    private ReadOnlySpan<char> WriteOutput()
    {
        if (_output.Length < _count * 2)
        {
            _output = new char[_count * 2];
        }

        int length = 0;
        foreach (ulong item in _items.AsSpan(0, _count))
        {
            length += new Rune((uint)item).EncodeToUtf16(_output.AsSpan(length));
        }

        return _output.AsSpan(0, length);
    }
}
