using System.Buffers;
using System.Text;

namespace SearchService.Archive.Reading;

/// <summary>Decoded text.</summary>
/// <param name="Text">Without byte order mark; otherwise as encoded (no normalisation).</param>
/// <param name="Charset">IANA name of the encoding, lower-case.</param>
/// <param name="Damaged">U+FFFD put in place of bytes that are no text in that encoding; 0 for clean input.</param>
public readonly record struct DecodedText(string Text, string Charset, int Damaged);

/// <summary>
/// Finds the encoding of a text and decodes it. In this order: byte order mark (UTF-8, UTF-16, UTF-32), UTF-16 without mark (zero
/// bytes on one side of the pairs only), valid UTF-8, the declared charset, and for the rest either windows-1252 or
/// damaged UTF-8: damaged UTF-8 where more multi-byte sequences are valid than broken, or a byte is unassigned in
/// windows-1252. ISO 8859-1 is read as windows-1252, its superset for text (WHATWG Encoding Standard, section 4.2).
/// Bytes that are no text become U+FFFD and are counted, never dropped.
/// </summary>
public static class TextDecoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;
    private static readonly UTF32Encoding BigEndianUtf32 = new(bigEndian: true, byteOrderMark: true);
    private static readonly SearchValues<byte> Unassigned1252 = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    /// <summary>Decodes a whole text.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="declared">A charset named by the input or its container; ignored where unknown or contradicted by the bytes.</param>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? declared = null)
    {
        if (Wide(bytes) is { } wide)
        {
            return Decode(wide.Encoding, bytes[wide.MarkBytes..]);
        }

        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return new DecodedText(Utf8.GetString(bytes), "utf-8", 0);
        }

        return Decode(Declared(declared) ?? Legacy(bytes), bytes);
    }

    /// <summary>
    /// The UTF-16 or UTF-32 encoding a text begins with and the length of its byte order mark; null for encodings in which
    /// ASCII is one byte. Works on the first bytes of a text as well.
    /// </summary>
    public static (Encoding Encoding, int MarkBytes)? Wide(ReadOnlySpan<byte> bytes)
    {
        foreach (Encoding encoding in (ReadOnlySpan<Encoding>)[Encoding.UTF32, BigEndianUtf32, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            if (bytes.StartsWith(encoding.Preamble))
            {
                return (encoding, encoding.Preamble.Length);
            }
        }

        return UnmarkedUtf16(bytes) is { } unmarked ? (unmarked, 0) : null;
    }

    /// <summary>
    /// Latin letters, spaces and line ends have a zero as high byte in UTF-16, and no character of a text has one as low byte
    /// (but for U+0100 and its like): zeros on one side only, at least one in 50 pairs, mean UTF-16.
    /// </summary>
    private static Encoding? UnmarkedUtf16(ReadOnlySpan<byte> bytes)
    {
        int firsts = 0;
        int seconds = 0;
        int pairs = Math.Min(bytes.Length, 1 << 16) / 2;
        for (int i = 0; i < pairs; i++)
        {
            firsts += bytes[2 * i] == 0 ? 1 : 0;
            seconds += bytes[(2 * i) + 1] == 0 ? 1 : 0;
        }

        bool many = Math.Max(firsts, seconds) * 50L >= pairs && firsts + seconds > 1;
        return (many, firsts, seconds) switch
        {
            (true, 0, _) => Encoding.Unicode,
            (true, _, 0) => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    private static DecodedText Decode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var fallback = new CountingFallback();
        var counting = (Encoding)encoding.Clone();
        counting.DecoderFallback = fallback;

        // Two passes, as GetString makes them, but counted once.
        char[] chars = new char[counting.GetCharCount(bytes)];
        fallback.Count = 0;
        string text = new(chars, 0, counting.GetChars(bytes, chars));
        return new DecodedText(text, encoding.WebName, fallback.Count);
    }

    private static Encoding? Declared(string? name)
    {
        if (name is null)
        {
            return null;
        }

        try
        {
            Encoding? encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return encoding.CodePage is 28591 or 20127 ? Windows1252 : encoding;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding Legacy(ReadOnlySpan<byte> bytes) =>
        bytes.ContainsAny(Unassigned1252) || ValidSequences(bytes) > BrokenSequences(bytes) ? Utf8 : Windows1252;

    private static int ValidSequences(ReadOnlySpan<byte> bytes) => CountSequences(bytes, OperationStatus.Done);

    private static int BrokenSequences(ReadOnlySpan<byte> bytes) => CountSequences(bytes, OperationStatus.InvalidData);

    private static int CountSequences(ReadOnlySpan<byte> bytes, OperationStatus wanted)
    {
        int count = 0;
        while (true)
        {
            int next = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (next < 0)
            {
                return count;
            }

            bytes = bytes[next..];
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out _, out int length);
            count += (status == OperationStatus.Done) == (wanted == OperationStatus.Done) ? 1 : 0;
            bytes = bytes[length..];
        }
    }

    /// <summary>Puts U+FFFD for what cannot be decoded and counts it.</summary>
    private sealed class CountingFallback : DecoderFallback
    {
        public int Count { get; set; }

        public override int MaxCharCount => 1;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

        private sealed class Buffer(CountingFallback owner) : DecoderFallbackBuffer
        {
            private bool _pending;

            public override int Remaining => _pending ? 1 : 0;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                owner.Count++;
                return _pending = true;
            }

            public override char GetNextChar()
            {
                char next = _pending ? '\uFFFD' : '\0';
                _pending = false;
                return next;
            }

            public override bool MovePrevious() => false;
        }
    }
}
