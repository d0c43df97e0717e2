using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// Values that come in few combinations, as countries do: documents point to their combination, the most frequent of which has the smallest number. A
/// document costs one byte or two and one addition, however many values it has; the combinations are taken apart once, after counting.
/// </summary>
/// <param name="codes">Each document's combination.</param>
/// <param name="sets">The values of each combination.</param>
/// <param name="heavy">Combinations that more than 255 documents have.</param>
internal sealed unsafe class SetColumn<TCode>(RankedValues ranked, DocBits withValue, LargeArray<TCode> codes, WordLists sets, int heavy)
    : ValueColumn(ranked, withValue)
    where TCode : unmanaged, IBinaryInteger<TCode>
{
    // where fewer documents than one in so many are counted, asking for memory ahead pays: measured at a million
    private const int SparseShare = 20;

    private protected override long CodeBytes => codes.Bytes + sets.Bytes;

    // see WordColumn
    internal override double StepsPerDocument => codes.Bytes < ProcessorCache ? 1.5 : 4;

    // see RankBands
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override ReadOnlySpan<int> Places(int document, Span<int> room) => sets.Places(int.CreateTruncating(codes.Start[document]), room);

    private protected override CountTable CountEach(ReadOnlySpan<int> documents, CountTable counts)
    {
        CountTable counted = CountSets(documents);
        // most combinations met are met once: these go the way of documents
        sets.Count(counted.Ones(), counts);
        foreach (int set in counted.AtLeast(2))
        {
            sets.Add(set, counted[set], counts);
        }

        return counted;
    }

    internal override int CountAny(ReadOnlySpan<int> documents, CountTable? counted, ReadOnlySpan<bool> wanted)
    {
        CountTable each = counted ?? CountSets(documents);
        int count = 0;
        foreach (int set in each.NonZero())
        {
            count += sets.IsAny(set, wanted) ? each[set] : 0;
        }

        if (counted is null)
        {
            each.Return();
        }

        return count;
    }

    private protected override void Collect(ReadOnlySpan<bool> wanted, DocBits into)
    {
        bool[] any = new bool[sets.Length];
        for (int set = 0; set < any.Length; set++)
        {
            any[set] = sets.IsAny(set, wanted);
        }

        for (int doc = 0; doc < codes.Length; doc++)
        {
            if (any[int.CreateTruncating(codes.Start[doc])])
            {
                into.Add(doc);
            }
        }
    }

    private CountTable CountSets(ReadOnlySpan<int> documents)
    {
        CountTable counted = CountTable.Rent(sets.Length, heavy);
        fixed (int* docs = documents)
        {
            CountByChunks(docs, documents.Length, counted);
        }

        return counted;
    }

    // the two most frequent combinations have half of the documents and more: a counter that rises twice in a row waits for itself
    [SkipLocalsInit]
    private void CountByChunks(int* docs, int count, CountTable counted)
    {
        ushort* chunk = stackalloc ushort[SetCodes.Chunk];
        bool sparse = Sse.IsSupported && count < codes.Length / SparseShare;
        (int first, int second) = (0, 0);
        for (int at = 0; at < count; at += SetCodes.Chunk)
        {
            int some = Math.Min(SetCodes.Chunk, count - at);
            if (sparse)
            {
                ReadSparse(codes.Start, docs + at, some, chunk);
            }
            else
            {
                Read(codes.Start, docs + at, some, chunk);
            }

            counted.Each.Increment(chunk, SetCodes.LeaveOutFirst(chunk, some, ref first, ref second));
        }

        counted.Add(0, first);
        if (second > 0)
        {
            counted.Add(1, second);
        }
    }

    // these loops stand alone, so that they have all registers
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Read(TCode* codes, int* docs, int count, ushort* target)
    {
        for (int i = 0; i < count; i++)
        {
            target[i] = ushort.CreateTruncating(codes[docs[i]]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadSparse(TCode* codes, int* docs, int count, ushort* target)
    {
        for (int i = 0; i < count; i++)
        {
            Sse.Prefetch0(codes + docs[i + DocNumbers.Ahead]);
            target[i] = ushort.CreateTruncating(codes[docs[i]]);
        }
    }
}

/// <summary>Makes columns of combinations, as wide as these need.</summary>
internal static class SetColumn
{
    private const int MostNarrow = byte.MaxValue + 1;

    public static ValueColumn Make(TurnedPostings turned, ValueSets sets)
    {
        WordLists words = new(turned.Ranked.Count, sets.Count);
        int[] documents = new int[sets.Count];
        for (int set = 0; set < sets.Count; set++)
        {
            words.Set(set, sets[set]);
        }

        foreach (int set in sets.OfDocuments)
        {
            documents[set]++;
        }

        words.Complete();
        return sets.Count <= MostNarrow
            ? Make(turned.Ranked, turned.WithValue(), Codes<byte>(sets.OfDocuments), words, documents)
            : Make(turned.Ranked, turned.WithValue(), Codes<ushort>(sets.OfDocuments), words, documents);
    }

    /// <param name="codes">Each document's combination.</param>
    /// <param name="sets">The values of each combination.</param>
    /// <param name="documents">Documents of each combination.</param>
    public static SetColumn<TCode> Make<TCode>(RankedValues ranked, DocBits withValue, LargeArray<TCode> codes, WordLists sets, ReadOnlySpan<int> documents)
        where TCode : unmanaged, IBinaryInteger<TCode>
    {
        int heavy = documents.Length;
        while (heavy > 0 && documents[heavy - 1] <= byte.MaxValue)
        {
            heavy--;
        }

        return new SetColumn<TCode>(ranked, withValue, codes, sets, heavy);
    }

    private static LargeArray<TCode> Codes<TCode>(int[] sets)
        where TCode : unmanaged, IBinaryInteger<TCode>
    {
        LargeArray<TCode> large = new(sets.Length);
        Span<TCode> codes = large.Span;
        for (int doc = 0; doc < codes.Length; doc++)
        {
            codes[doc] = TCode.CreateTruncating(sets[doc]);
        }

        return large;
    }
}
