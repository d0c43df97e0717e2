using System.Numerics;
using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// Values that come in few combinations, as countries do: documents point to their combination, the most frequent of which has the smallest number. A
/// document costs one byte or two and one addition, however many values it has; the combinations are taken apart once, after counting.
/// </summary>
/// <param name="codes">Each document's combination.</param>
/// <param name="heavy">Combinations that more than 255 documents have.</param>
/// <param name="starts">Where a combination's values begin, and the end of the last.</param>
/// <param name="values">The places of their counters.</param>
internal sealed unsafe class SetColumn<TCode>(RankedValues ranked, DocBits withValue, LargeArray<TCode> codes, int heavy, int[] starts, int[] values)
    : ValueColumn(ranked, withValue)
    where TCode : unmanaged, IBinaryInteger<TCode>
{
    private int Sets => starts.Length - 1;

    private protected override long CodeBytes => codes.Bytes + (sizeof(int) * ((long)starts.Length + values.Length));

    private protected override CountTable CountEach(ReadOnlySpan<int> documents, CountTable counts)
    {
        CountTable sets = CountSets(documents);
        for (int set = sets.Next(0, 1); set < Sets; set = sets.Next(set + 1, 1))
        {
            int count = sets[set];
            foreach (int place in ValuesOf(set))
            {
                counts.Add(place, count);
            }
        }

        return sets;
    }

    internal override int CountAny(ReadOnlySpan<int> documents, CountTable? counted, ReadOnlySpan<bool> wanted)
    {
        CountTable sets = counted ?? CountSets(documents);
        int count = 0;
        for (int set = sets.Next(0, 1); set < Sets; set = sets.Next(set + 1, 1))
        {
            count += IsAny(set, wanted) ? sets[set] : 0;
        }

        if (counted is null)
        {
            sets.Return();
        }

        return count;
    }

    private protected override void Collect(ReadOnlySpan<bool> wanted, DocBits into)
    {
        bool[] sets = new bool[Sets];
        for (int set = 0; set < sets.Length; set++)
        {
            sets[set] = IsAny(set, wanted);
        }

        for (int doc = 0; doc < codes.Length; doc++)
        {
            if (sets[int.CreateTruncating(codes.Start[doc])])
            {
                into.Add(doc);
            }
        }
    }

    private CountTable CountSets(ReadOnlySpan<int> documents)
    {
        CountTable sets = CountTable.Rent(Sets, heavy);
        fixed (int* docs = documents)
        {
            Count(codes.Start, docs, documents.Length, sets.Each);
        }

        return sets;
    }

    // not inlined: the loop needs all registers
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Count(TCode* codes, int* docs, int count, CountTable.Counters sets)
    {
        for (int i = 0; i < count; i++)
        {
            sets.Increment(int.CreateTruncating(codes[docs[i]]));
        }
    }

    private bool IsAny(int set, ReadOnlySpan<bool> wanted)
    {
        foreach (int place in ValuesOf(set))
        {
            if (wanted[place])
            {
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<int> ValuesOf(int set) => values.AsSpan(starts[set]..starts[set + 1]);
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
        int[] begins = new int[order.Length + 1];
        List<int> values = [];
        for (int i = 0; i < order.Length; i++)
        {
            number[order[i]] = i;
            foreach (int rank in sets[order[i]])
            {
                values.Add(rank + ValueColumn.Spare);
            }

            begins[i + 1] = values.Count;
        }

        int heavy = documents.Count(d => d > byte.MaxValue);
        return documents.Length <= AlwaysSets
            ? new SetColumn<byte>(ranked, withValue, Codes<byte>(setOf, number), heavy, begins, [.. values])
            : new SetColumn<ushort>(ranked, withValue, Codes<ushort>(setOf, number), heavy, begins, [.. values]);
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
