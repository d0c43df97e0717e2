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

    internal override double StepsPerDocument => codes.Bytes < ProcessorCache ? 1.5 : 4;

    // see RankBands
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override ReadOnlySpan<int> Places(int document, Span<int> room) => sets.Places(int.CreateTruncating(codes.Start[document]), room);

    private protected override CountTable CountEach(ReadOnlySpan<int> documents, CountTable counts)
    {
        CountTable counted = CountSets(documents);
        foreach (int set in counted.NonZero())
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
            if (Sse.IsSupported && documents.Length < codes.Length / SparseShare)
            {
                CountSparse(codes.Start, docs, documents.Length, counted.Each);
            }
            else
            {
                Count(codes.Start, docs, documents.Length, counted.Each);
            }
        }

        return counted;
    }

    // not inlined: the loop needs all registers
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Count(TCode* codes, int* docs, int count, CountTable.Counters counted)
    {
        for (int i = 0; i < count; i++)
        {
            counted.Increment(int.CreateTruncating(codes[docs[i]]));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CountSparse(TCode* codes, int* docs, int count, CountTable.Counters counted)
    {
        for (int i = 0; i < count; i++)
        {
            Sse.Prefetch0(codes + docs[i + DocNumbers.Ahead]);
            counted.Increment(int.CreateTruncating(codes[docs[i]]));
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
