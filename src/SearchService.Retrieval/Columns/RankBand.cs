using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// The postings of up to 256 values of neighbouring ranks, in the documents' order: to count them over a set of many documents, both are read once from
/// front to back, whatever the set has. Immutable, thread-safe.
/// </summary>
/// <remarks>
/// Postings of 512 documents are a block, and 64 of these a step: eight of each 64 documents, side by side. Each has the place of its document among the 64
/// and the value's code, which is its rank within the band; of what is left empty the place has <see cref="None"/>. A value that many documents have is kept as
/// a set of them.
/// </remarks>
internal sealed unsafe class RankBand
{
    /// <summary>Values of a band.</summary>
    public const int Values = 1 << 8;

    /// <summary>Codes that may stand in the buffer before they are counted.</summary>
    public const int Buffer = 4096;

    /// <summary>Postings looked at at once.</summary>
    public const int Step = 64;

    /// <summary>The place of a posting that there is not.</summary>
    public const byte None = 0x80;

    /// <summary>Documents of a block, as a power of two.</summary>
    public const int BlockBits = 9;

    /// <summary>Words of a block's bits.</summary>
    public const int BlockWords = 1 << (BlockBits - 6);

    /// <summary>A value that more than one document in so many has is kept as a set: it costs less.</summary>
    public const int SetShare = 8;

    private readonly LargeArray<byte> _places;
    private readonly LargeArray<byte> _codes;

    // the steps before each block, and all
    private readonly int[] _starts;
    private readonly DocBits[] _sets;
    private readonly int _mostSteps;

    /// <param name="starts">The steps before each block, and all.</param>
    /// <param name="sets">The documents of the first of the values.</param>
    public RankBand(LargeArray<byte> places, LargeArray<byte> codes, int[] starts, DocBits[] sets)
    {
        (_places, _codes, _starts, _sets) = (places, codes, starts, sets);
        for (int block = 0; block + 1 < starts.Length; block++)
        {
            _mostSteps = Math.Max(_mostSteps, starts[block + 1] - starts[block]);
        }
    }

    /// <summary>Whether this processor counts a band faster than the documents one by one.</summary>
    public static bool IsFast => Avx512Vbmi2.IsSupported && Avx512Vbmi.IsSupported;

    /// <summary>Whether the document is the last of a block.</summary>
    public static bool EndsBlock(int doc, int length) => doc + 1 == length || ((doc + 1) & ((1 << BlockBits) - 1)) == 0;

    /// <summary>Steps of a band, about.</summary>
    /// <param name="length">Documents.</param>
    public static double StepsOf(RankedValues ranked, int band, int length)
    {
        const int Filled = 56;
        int end = Math.Min(ranked.Count, (band + 1) * Values);
        long postings = 0;
        for (int rank = band * Values; rank < end; rank++)
        {
            postings += ranked.Documents(rank) > length / SetShare ? 0 : ranked.Documents(rank);
        }

        return (double)(length >> BlockBits) + ((double)postings / Filled);
    }

    /// <summary>Bytes held.</summary>
    public long Bytes => _places.Bytes + _codes.Bytes + ((long)_starts.Length * sizeof(int)) + _sets.Sum(s => s.Bytes);

    /// <summary>Counts the values of a set's documents.</summary>
    /// <param name="documents">A set over the column's documents.</param>
    /// <param name="counts">Takes the count of each value and zeros behind the last; at least <see cref="Values"/>.</param>
    public void Count(DocBits documents, Span<int> counts)
    {
        fixed (ulong* words = documents.Words)
        {
            if (IsFast)
            {
                CountByVectors(words, DocSet.WordsFor(documents.Length), counts);
            }
            else
            {
                CountOneByOne(words, counts);
            }
        }

        for (int code = 0; code < _sets.Length; code++)
        {
            counts[code] = documents.CountAnd(_sets[code]);
        }

        GC.KeepAlive(this);
    }

    /// <summary>The twin of <see cref="CountByVectors"/> for other processors.</summary>
    public void CountOneByOne(ulong* words, Span<int> counts)
    {
        counts[..Values].Clear();
        for (int block = 0; block + 1 < _starts.Length; block++)
        {
            for (int i = _starts[block] * Step; i < _starts[block + 1] * Step; i++)
            {
                int word = (block * BlockWords) + ((i >> 3) & (BlockWords - 1));
                if (_places.Start[i] != None && (words[word] >> _places.Start[i] & 1) != 0)
                {
                    counts[_codes.Start[i]]++;
                }
            }
        }
    }

    [SkipLocalsInit]
    private void CountByVectors(ulong* words, int length, Span<int> counts)
    {
        // four counters a value: neighbours that are equal would wait for each other
        int* tables = stackalloc int[4 * Values];
        new Span<int>(tables, 4 * Values).Clear();
        ulong* last = stackalloc ulong[BlockWords];
        new Span<ulong>(last, BlockWords).Clear();
        int blocks = length / BlockWords;
        new ReadOnlySpan<ulong>(words + (blocks * BlockWords), length % BlockWords).CopyTo(new Span<ulong>(last, BlockWords));
        byte[] rented = ArrayPool<byte>.Shared.Rent(Buffer + (_mostSteps * Step));
        fixed (byte* codes = rented)
        fixed (int* starts = _starts)
        {
            for (int block = 0; block < blocks;)
            {
                byte* end = Choose(words, starts, ref block, blocks, _places.Start, _codes.Start, codes);
                Tally(codes, end, tables);
            }

            if (blocks + 1 < _starts.Length)
            {
                int block = 0;
                byte* end = Choose(last, starts + blocks, ref block, 1, _places.Start, _codes.Start, codes);
                Tally(codes, end, tables);
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
        for (int code = 0; code < Values; code += Vector512<int>.Count)
        {
            int* table = tables + code;
            (Vector512.Load(table) + Vector512.Load(table + Values) + Vector512.Load(table + (2 * Values)) + Vector512.Load(table + (3 * Values))).CopyTo(counts[code..]);
        }
    }

    /// <summary>Writes the codes of the documents chosen one behind the other, until there are many.</summary>
    /// <param name="from">The block to begin with; afterwards that to go on with.</param>
    /// <returns>The end of the codes.</returns>
    // stands alone, so that it has all registers
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static byte* Choose(ulong* words, int* starts, ref int from, int blocks, byte* places, byte* codes, byte* buffer)
    {
        byte* at = buffer;
        byte* full = buffer + Buffer - Step;
        int block = from;
        for (; block < blocks && at < full; block++)
        {
            Vector512<ulong> documents = Vector512.Load(words + ((long)block * BlockWords));
            long end = (long)starts[block + 1] * Step;
            for (long i = (long)starts[block] * Step; i < end; i += Step)
            {
                // the lowest bit is the document's, and goes where there is none
                Vector512<byte> place = Vector512.Load(places + i);
                Vector512<byte> bit = Avx512Vbmi.MultiShift(place, documents) & ~(place.AsUInt16() >> 7).AsByte() & Vector512<byte>.One;
                Vector512<byte> chosen = ~Vector512.Equals(bit, Vector512<byte>.Zero);
                Avx512Vbmi2.Compress(Vector512<byte>.Zero, chosen, Vector512.Load(codes + i)).Store(at);
                at += (nint)(uint)BitOperations.PopCount(chosen.ExtractMostSignificantBits());
            }
        }

        from = block;
        return at;
    }

    /// <summary>Counts codes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Tally(byte* buffer, byte* end, int* tables)
    {
        byte* at = buffer;
        for (; at + sizeof(ulong) <= end; at += sizeof(ulong))
        {
            ulong eight = *(ulong*)at;
            tables[(byte)eight]++;
            tables[Values + (byte)(eight >> 8)]++;
            tables[(2 * Values) + (byte)(eight >> 16)]++;
            tables[(3 * Values) + (byte)(eight >> 24)]++;
            tables[(byte)(eight >> 32)]++;
            tables[Values + (byte)(eight >> 40)]++;
            tables[(2 * Values) + (byte)(eight >> 48)]++;
            tables[(3 * Values) + (eight >> 56)]++;
        }

        for (; at < end; at++)
        {
            tables[*at]++;
        }
    }
}
