using System.Runtime.Intrinsics;
using Lucene.Net.Search.Similarities;

namespace SearchService.Retrieval.Postings;

/// <summary>
/// BM25 with k1 1.2 and b 0.75 and a document's length in one byte as Lucene 7 and later keep it (exact to 40, then rounded down by an eighth at
/// most): set it on writer and searcher.
/// </summary>
/// <remarks>The formula is the one of <see cref="BM25Similarity"/> in single precision; block maxima are computed with it. Length encoding: Lucene's
/// SmallFloat.intToByte4.</remarks>
public sealed class Bm25 : BM25Similarity
{
    internal const float Saturation = 1.2f;
    internal const float LengthShare = 0.75f;

    // above 31 the byte less 24 is the length less 24 as a float that has a mantissa of three bits, with another zero for the exponent
    private const int MantissaBits = 23 - 3;
    private const int ZeroExponent = (127 + 2) << 3;

    private static readonly int FreeValues = 255 - ToFourBits(int.MaxValue);
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 256).Select(b => DecodeLength((byte)b))];

    public Bm25()
        : base(Saturation, LengthShare)
    {
    }

    /// <summary>The byte for a length; longer lengths never have a smaller byte.</summary>
    public static byte EncodeLength(int length) =>
        length < FreeValues ? (byte)Math.Max(0, length) : (byte)(FreeValues + ToFourBits(length - FreeValues));

    /// <summary><see cref="EncodeLength"/> of lengths with a fraction, which does not count; −1 for negative ones. Up to 2³⁰.</summary>
    internal static Vector512<int> EncodeLengths(Vector512<float> lengths)
    {
        Vector512<float> floor = Vector512.Floor(lengths);
        Vector512<float> rest = floor - Vector512.Create((float)FreeValues);
        Vector512<int> high = Vector512.ShiftRightLogical(rest.AsInt32(), MantissaBits) - Vector512.Create(ZeroExponent - FreeValues);
        Vector512<int> low = Vector512.Max(Vector512.ConvertToInt32(floor), Vector512.Create(-1));
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(rest, Vector512.Create(8f)).AsInt32(), high, low);
    }

    /// <summary><see cref="DecodeLength"/> of sixteen bytes.</summary>
    internal static Vector512<float> DecodeLengths(Vector512<int> bytes)
    {
        Vector512<int> high = Vector512.ShiftLeft(bytes + Vector512.Create(ZeroExponent - FreeValues), MantissaBits);
        Vector512<int> longer = Vector512.GreaterThanOrEqual(bytes, Vector512.Create(FreeValues + 8));
        return Vector512.ConditionalSelect(longer.AsSingle(), high.AsSingle() + Vector512.Create((float)FreeValues), Vector512.ConvertToSingle(bytes));
    }

    /// <summary>The length a byte stands for.</summary>
    public static int DecodeLength(byte value)
    {
        if (value < FreeValues)
        {
            return value;
        }

        int rest = value - FreeValues;
        long bits = rest & 7;
        int shift = (rest >>> 3) - 1;
        return FreeValues + (int)(shift == -1 ? bits : (bits | 8) << shift);
    }

    /// <summary>K(length) = k1 · (1 − b + b · length / average) for each byte.</summary>
    internal static void FillNorms(float averageLength, Span<float> norms)
    {
        for (int i = 0; i < 256; i++)
        {
            norms[i] = Saturation * ((1 - LengthShare) + (LengthShare * Lengths[i] / averageLength));
        }
    }

    /// <summary>Average length as the similarity takes it from collection statistics.</summary>
    internal static float AverageLength(long sumTotalTermFreq, int maxDoc) =>
        sumTotalTermFreq <= 0 ? 1f : (float)(sumTotalTermFreq / (double)maxDoc);

    protected override byte EncodeNormValue(float boost, int fieldLength) => EncodeLength(fieldLength);

    protected override float DecodeNormValue(byte b) => Lengths[b];

    private static int ToFourBits(int value)
    {
        int bits = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)value);
        if (bits < 4)
        {
            return value;
        }

        int shift = bits - 4;
        return ((value >>> shift) & 7) | ((shift + 1) << 3);
    }
}
