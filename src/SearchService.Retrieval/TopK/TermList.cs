using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// One term's postings in one segment with their scores and the bounds of these.
/// </summary>
internal sealed unsafe class TermList
{
    /// <summary>Bounds are raised by this, so that rounding never drops a winner.</summary>
    public const float Slack = 1.00001f;

    private SegmentField? _field;
    private FieldStatistics? _statistics;
    private byte* _normBytes;
    private int _normMask;
    private float* _norms;
    private ushort* _impacts;
    private byte* _floors;

    public PostingsCursor Cursor { get; } = new();

    /// <summary>Factor before tf/(tf + K); 0 for a list that only filters.</summary>
    public float Weight { get; private set; }

    /// <summary>Most that any document of the list scores.</summary>
    public float Most { get; private set; }

    /// <summary>What one step of a block maximum is worth.</summary>
    public float Unit { get; private set; }

    /// <summary>Maxima of the blocks; null where there are none (one block, no norms).</summary>
    public ushort* Impacts => _impacts;

    /// <summary>Norm byte of a document at [document and <see cref="NormMask"/>].</summary>
    public byte* NormBytes => _normBytes;

    public int NormMask => _normMask;

    /// <summary>K(length) by norm byte.</summary>
    public float* Norms => _norms;

    /// <summary>The term's champions, after <see cref="OpenChampions"/>.</summary>
    public ChampionList Champions { get; } = new();

    /// <summary>Most that the list scores within a window; kept by the evaluator.</summary>
    public float WindowMost { get; set; }

    public void Open(SegmentField field, FieldStatistics statistics, in TermEntry entry, float weight)
    {
        _field = field;
        _statistics = statistics;
        _normBytes = field.NormBytes;
        _normMask = field.NormMask;
        _norms = statistics.Norms;
        Weight = weight;
        Cursor.Open(field.Terms, entry);
        if (entry.Blocks > 1 && field.Norms is { Impacts: not null } norms)
        {
            if (entry.ImpactsAt < 0 || entry.ImpactsAt > norms.ImpactCount - TermImpacts.HeaderLength - entry.Blocks)
            {
                throw new Lucene.Net.Index.CorruptIndexException($"block maxima of a term of field '{field.Terms.Dictionary.Field.Name}' are not there");
            }

            // a longer average length than the maxima were computed with lets scores rise by no more than the ratio
            _impacts = norms.Impacts + entry.ImpactsAt + TermImpacts.HeaderLength;
            _floors = norms.Floors + entry.ImpactsAt + TermImpacts.HeaderLength;
            float drift = Math.Max(1f, statistics.AverageLength / norms.AverageLength);
            Unit = weight * drift * Slack / TermImpacts.Scale;
            Most = _impacts[-TermImpacts.HeaderLength] * Unit;
        }
        else
        {
            _impacts = null;
            _floors = null;
            Unit = 0;
            Most = weight * Slack;
        }
    }

    /// <summary>Decodes the term's champions; false where it has none.</summary>
    public bool OpenChampions(int maxDoc)
    {
        if (_impacts == null)
        {
            return false;
        }

        ushort* at = _impacts - TermImpacts.HeaderLength + TermImpacts.ChampionsIndex;
        uint offset = at[0] | ((uint)at[1] << 16);
        if (offset == 0)
        {
            return false;
        }

        Champions.Open(_field!.Norms!, offset - 1, Cursor.DocFreq, maxDoc);
        return true;
    }

    /// <summary>Most that a champion of a level scores, or, for level −1, a document that is none.</summary>
    public float ChampionBound(int level) => (Champions.Beside + ((level + 1) * Champions.Height)) * Unit;

    /// <summary>Most that a document of the block scores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Bound(int block) => _impacts == null ? Most : Math.Min(Most, _impacts[block] * Unit);

    /// <summary>Most that a document from <paramref name="from"/> to <paramref name="to"/> scores, 0 where no block reaches there. Moves the cursor
    /// to the first block that ends at <paramref name="from"/> or later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Bound(int from, int to)
    {
        PostingsCursor cursor = Cursor;
        if (!cursor.Seek(from) || cursor.Before >= to)
        {
            return 0;
        }

        if (_impacts == null)
        {
            return Most;
        }

        int block = cursor.Block;
        int* last = cursor.Last;
        int most = _impacts[block];
        while (last[block] < to && ++block < cursor.Blocks)
        {
            most = Math.Max(most, _impacts[block]);
        }

        return Math.Min(Most, most * Unit);
    }

    /// <summary>Lowers <see cref="Most"/> and with it the bounds of all blocks: documents that score more need not be found any more.</summary>
    public void Cap(float most) => Most = Math.Min(Most, most);

    /// <summary>Tightens <see cref="Most"/> of a list of one block to its best score.</summary>
    public void MeasureOneBlock()
    {
        if (Cursor.Blocks != 1 || Weight == 0)
        {
            return;
        }

        Cursor.DecodeDocs();
        Cursor.DecodeFreqs();
        float most = 0;
        for (int i = 0; i < Cursor.Count; i++)
        {
            most = Math.Max(most, Score(i));
        }

        Most = most * Slack;
    }

    /// <summary>A score that at least <paramref name="rank"/> documents reach in this segment; 0 where unknown.</summary>
    public float Reached(int rank)
    {
        if (_impacts == null)
        {
            return 0;
        }

        ReadOnlySpan<int> ranks = TermImpacts.Ranks;
        for (int i = 0; i < ranks.Length; i++)
        {
            if (ranks[i] >= rank)
            {
                // a shorter average length lets scores fall by no more than the ratio
                float drift = Math.Min(1f, _statistics!.AverageLength / _field!.Norms!.AverageLength);
                return _impacts[i + 1 - TermImpacts.HeaderLength] / TermImpacts.Scale * Weight * drift / Slack;
            }
        }

        return 0;
    }

    /// <summary>The lowest frequency with which a document of the block can score above <paramref name="score"/>; int.MaxValue where none can.</summary>
    public int LeastFreq(int block, float score)
    {
        if (score <= 0 || _floors == null)
        {
            return 1;
        }

        if (score >= Weight)
        {
            return int.MaxValue;
        }

        // w·f/(f + K) > s  ⇔  f > s·K/(w − s), a little less for the rounding of the score itself; the shortest document has the smallest K
        double lower = score * (1 - 1e-6);
        double least = lower * _norms[_floors[block]] / (Weight - lower) * (1 - 1e-6);
        return (int)Math.Min(least, 1e9);
    }

    /// <summary>Norm byte of the shortest document of the current block; 0 where unknown.</summary>
    public int Floor => _floors == null ? 0 : _floors[Cursor.Block];

    /// <summary>
    /// For a document with lane + 1 occurrences (the last lane: with more) the largest norm byte with which it can score above <paramref name="score"/>, −1
    /// where none is. A little too large at most. The score is above 0 and under <see cref="Weight"/>.
    /// </summary>
    public Vector512<int> NormLimits(float score)
    {
        // w·f/(f + K) > s  ⇔  K < f·(w − s)/s, and K(length) = k1·(1 − b + b·length/average), with a margin far above what rounding can do
        float perFreq = (Weight - score) / score * 1.0001f;
        float perLength = Bm25.Saturation * Bm25.LengthShare / _statistics!.AverageLength;
        Vector512<float> freq = Vector512.Create(1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1e9f);
        Vector512<float> length = ((freq * perFreq) - Vector512.Create(Bm25.Saturation * (1 - Bm25.LengthShare))) * (1 / perLength * 1.0001f);
        return Bm25.EncodeLengths(Vector512.Min(length, Vector512.Create(1e9f)));
    }

    /// <summary>Score of the document at an index of the current block, whose documents are decoded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int index) => Score(Cursor.Docs[index], Cursor.Freq(index));

    /// <summary>Score of a document with so many occurrences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int doc, float freq) => Weight * freq / (freq + _norms[_normBytes[doc & _normMask]]);

    /// <summary>Scores of eight documents with so many occurrences each; of one without any, 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Scores(Vector256<int> docs, Vector256<int> freqs)
    {
        Vector256<float> freq = Vector256.ConvertToSingle(freqs);
        if (Avx2.IsSupported)
        {
            Vector256<int> norm = Avx2.GatherVector256((int*)_normBytes, docs & Vector256.Create(_normMask), 1) & Vector256.Create(0xFF);
            return Vector256.Create(Weight) * freq / (freq + Avx2.GatherVector256(_norms, norm, 4));
        }

        float* lengths = stackalloc float[Vector256<float>.Count];
        for (int i = 0; i < Vector256<float>.Count; i++)
        {
            lengths[i] = Norm(docs.GetElement(i));
        }

        return Vector256.Create(Weight) * freq / (freq + Vector256.Load(lengths));
    }

    /// <summary>K of a document.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Norm(int doc) => _norms[_normBytes[doc & _normMask]];

    /// <summary>
    /// Finds the documents of the current block that can score above <paramref name="score"/>: bit i of the two words is set for index i. A few that
    /// just fail may be among
    /// them. Decodes the block.
    /// </summary>
    public void Sieve(float score, ulong* mask)
    {
        PostingsCursor cursor = Cursor;
        cursor.DecodeFreqs();
        int count = cursor.Count;
        mask[0] = count >= 64 ? ulong.MaxValue : (1UL << count) - 1;
        mask[1] = count >= 128 ? ulong.MaxValue : count <= 64 ? 0 : (1UL << (count - 64)) - 1;
        if (!(score > 0) || Weight == 0)
        {
            cursor.DecodeDocs();
            return;
        }

        if (score >= Weight)
        {
            mask[0] = mask[1] = 0;
            return;
        }

        // w·f/(f + K) > s  ⇔  f·(w − s) > s·K, with a margin far above what rounding can do
        float lower = score * (1 - 1e-5f);
        float gain = Weight - lower;
        int least = LeastFreq(cursor.Block, score);
        int* freqs = cursor.Freqs;
        if (least > 1)
        {
            SieveFreqs(freqs, least, mask);
            if ((mask[0] | mask[1]) == 0)
            {
                return;
            }
        }

        cursor.DecodeDocs();
        if (Avx2.IsSupported && _normMask != 0)
        {
            SieveLengths(lower, gain, mask);
            return;
        }

        for (int word = 0; word < 2; word++)
        {
            for (ulong left = mask[word]; left != 0; left &= left - 1)
            {
                int index = (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(left);
                if (freqs[index] * gain <= lower * Norm(cursor.Docs[index]))
                {
                    mask[word] &= ~(1UL << (index & 63));
                }
            }
        }
    }

    private static void SieveFreqs(int* freqs, int least, ulong* mask)
    {
        Vector512<int> wanted = Vector512.Create(least);
        for (int word = 0; word < 2; word++)
        {
            ulong found = 0;
            for (int i = 0; i < 64; i += 16)
            {
                found |= Vector512.GreaterThanOrEqual(Vector512.Load(freqs + (64 * word) + i), wanted).ExtractMostSignificantBits() << i;
            }

            mask[word] &= found;
        }
    }

    private void SieveLengths(float lower, float gain, ulong* mask)
    {
        int* docs = Cursor.Docs;
        int* freqs = Cursor.Freqs;
        Vector256<float> gains = Vector256.Create(gain);
        Vector256<float> lowers = Vector256.Create(lower);
        Vector256<int> lowByte = Vector256.Create(0xFF);

        // behind the last document of a short block stands int.MaxValue
        Vector256<int> highest = Vector256.Create(Cursor.Last[Cursor.Block]);
        byte* bytes = (byte*)mask;
        for (int i = 0; i < BlockUnpack.BlockSize; i += 8)
        {
            if (bytes[i >> 3] == 0)
            {
                continue;
            }

            Vector256<int> norm = Avx2.GatherVector256((int*)_normBytes, Vector256.Min(Vector256.Load(docs + i), highest), 1) & lowByte;
            Vector256<float> lengths = Avx2.GatherVector256(_norms, norm, 4);
            Vector256<float> freq = Vector256.ConvertToSingle(Vector256.Load(freqs + i));
            bytes[i >> 3] &= (byte)Vector256.GreaterThan(freq * gains, lowers * lengths).ExtractMostSignificantBits();
        }
    }

    /// <summary>Scores of some documents, times <paramref name="scale"/>, as whole numbers that are not below them and less than 1.1 above.</summary>
    /// <param name="norms">Norm bytes of the documents; fifteen more can be read, as of <paramref name="freqs"/>, and be written of <paramref name="target"/>.</param>
    public void ScaledScores(int* norms, int* freqs, int count, float scale, int* target)
    {
        Vector512<float> weight = Vector512.Create(Weight * scale * Slack);
        Vector512<float> none = Vector512.Create(_norms[0]);
        Vector512<float> perLength = Vector512.Create(_statistics!.PerLength);
        for (int i = 0; i < count; i += 16)
        {
            Vector512<float> freq = Vector512.ConvertToSingle(Vector512.Load(freqs + i));
            Vector512<float> length = none + (perLength * Bm25.DecodeLengths(Vector512.Load(norms + i)));
            (Vector512.ConvertToInt32Native(weight * freq / (freq + length)) + Vector512<int>.One).Store(target + i);
        }
    }
}
