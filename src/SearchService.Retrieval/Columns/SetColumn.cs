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

/// <summary>Finds the combinations of values.</summary>
internal static class SetColumn
{
    // combinations there may be, and documents there must be for each
    private const int MostSets = ushort.MaxValue + 1;
    private const int AlwaysSets = byte.MaxValue + 1;
    private const int DocumentsASet = 8;

    /// <summary>A column of combinations; null where there are too many of them.</summary>
    /// <param name="starts">Where each document's values begin, and the end of the last.</param>
    /// <param name="ranks">Their ranks.</param>
    public static ValueColumn? TryMake(RankedValues ranked, DocBits withValue, int[] starts, int[] ranks)
    {
        ValueSets sets = new(Math.Clamp(withValue.Length / DocumentsASet, AlwaysSets, MostSets));
        int[] setOf = new int[withValue.Length];
        for (int doc = 0; doc < setOf.Length; doc++)
        {
            setOf[doc] = sets.FindOrAdd(ranks.AsSpan(starts[doc]..starts[doc + 1]));
            if (setOf[doc] < 0)
            {
                return null;
            }
        }

        int[] documents = new int[sets.Count];
        foreach (int set in setOf)
        {
            documents[set]++;
        }

        int[] order = [.. Enumerable.Range(0, documents.Length).OrderByDescending(set => documents[set])];
        int[] number = new int[order.Length];
        WordLists words = new(ranked, order.Length);
        for (int i = 0; i < order.Length; i++)
        {
            number[order[i]] = i;
            words.Set(i, sets[order[i]]);
        }

        words.Complete();
        int heavy = documents.Count(d => d > byte.MaxValue);
        return documents.Length <= AlwaysSets
            ? new SetColumn<byte>(ranked, withValue, Codes<byte>(setOf, number), words, heavy)
            : new SetColumn<ushort>(ranked, withValue, Codes<ushort>(setOf, number), words, heavy);
    }

    private static LargeArray<TCode> Codes<TCode>(int[] setOf, int[] number)
        where TCode : unmanaged, IBinaryInteger<TCode>
    {
        LargeArray<TCode> large = new(setOf.Length);
        Span<TCode> codes = large.Span;
        for (int doc = 0; doc < codes.Length; doc++)
        {
            codes[doc] = TCode.CreateTruncating(number[setOf[doc]]);
        }

        return large;
    }
}
