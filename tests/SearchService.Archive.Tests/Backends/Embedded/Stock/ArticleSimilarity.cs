using System.Numerics;
using Lucene.Net.Search.Similarities;

namespace SearchService.Archive.Tests.Backends.Embedded.Stock;

/// <summary>
/// BM25 with k1 1.2 and b 0.75, for writer and searcher alike, and with the length norms of Lucene 7 and later (exact to
/// 40 words, then steps of 1/8; the stock norms of 4.8 step by a quarter): ranking equals that of OpenSearch. Repeats of
/// a word at one position do not lengthen a text.
/// </summary>
/// <remarks>Encoding: Lucene's SmallFloat.intToByte4 and byte4ToInt.</remarks>
internal sealed class ArticleSimilarity : BM25Similarity
{
    public static readonly ArticleSimilarity Instance = new();

    /// <summary>Lengths up to this are their own code.</summary>
    private static readonly int FreeValues = 255 - LongToInt4(int.MaxValue);

    private static readonly float[] Lengths = [.. Enumerable.Range(0, 256).Select(code => (float)DecodeLength((byte)code))];

    private ArticleSimilarity()
        : base(1.2f, 0.75f)
    {
        DiscountOverlaps = true;
    }

    /// <summary>The code of a length, monotonic: exact up to 40, above that 4 significant bits.</summary>
    public static byte EncodeLength(int length) =>
        (byte)(length < FreeValues ? length : FreeValues + LongToInt4(length - FreeValues));

    /// <summary>The smallest length with the code.</summary>
    public static int DecodeLength(byte code) =>
        code < FreeValues ? code : (int)(FreeValues + Int4ToLong(code - FreeValues));

    protected override byte EncodeNormValue(float boost, int fieldLength) => EncodeLength(fieldLength);

    protected override float DecodeNormValue(byte b) => Lengths[b];

    private static int LongToInt4(long value)
    {
        int bits = 64 - BitOperations.LeadingZeroCount((ulong)value);
        if (bits < 4)
        {
            return (int)value;
        }

        int shift = bits - 4;
        return ((int)(value >>> shift) & 0x07) | ((shift + 1) << 3);
    }

    private static long Int4ToLong(int code)
    {
        long bits = code & 0x07;
        int shift = (code >>> 3) - 1;
        return shift < 0 ? bits : (bits | 0x08) << shift;
    }
}
