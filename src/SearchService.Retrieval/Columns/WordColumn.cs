using System.Numerics;
using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// Values that come in many combinations, as people do: a word of 64 bits a document, in which the places of its values' counters stand side by side in as
/// many bits as the field's values need. Documents with more values than fit have, behind a set sign bit, the index of a list.
/// </summary>
/// <remarks>
/// Words are collected in a small buffer before anything is counted: reading them waits for memory, and waits best for many at once.
/// </remarks>
/// <param name="words">A word a document.</param>
/// <param name="bits">Bits of a place.</param>
/// <param name="fields">Places in a word.</param>
/// <param name="lists">The length of a list, then its places; one list behind the other.</param>
internal sealed unsafe class WordColumn(RankedValues ranked, DocBits withValue, LargeArray<ulong> words, int bits, int fields, int[] lists)
    : ValueColumn(ranked, withValue)
{
    // at most one document in so many may have a list, if places for one more value would help
    private const int ListShare = 32;

    private const ulong ListSign = 1UL << 63;

    [ThreadStatic]
    private static Chunk? _chunk;

    private protected override long CodeBytes => words.Bytes + ((long)lists.Length * sizeof(int));

    /// <param name="starts">Where each document's values begin, and the end of the last.</param>
    /// <param name="ranks">Their ranks.</param>
    public static WordColumn Make(RankedValues ranked, DocBits withValue, int[] starts, int[] ranks)
    {
        int bits = 32 - BitOperations.LeadingZeroCount((uint)(ranked.Count + Spare - 1));
        int most = 63 / bits;
        int fields = 1;
        while (fields < most && Longer(starts, fields) > withValue.Length / ListShare)
        {
            fields++;
        }

        LargeArray<ulong> large = new(withValue.Length);
        Span<ulong> words = large.Span;
        List<int> lists = [];
        for (int doc = 0; doc < words.Length; doc++)
        {
            ReadOnlySpan<int> own = ranks.AsSpan(starts[doc]..starts[doc + 1]);
            if (own.Length > fields)
            {
                words[doc] = ListSign | (uint)lists.Count;
                lists.Add(own.Length);
                foreach (int rank in own)
                {
                    lists.Add(rank + Spare);
                }

                continue;
            }

            for (int i = 0; i < fields; i++)
            {
                int place = i < own.Length ? own[i] + Spare : (doc + i) % Spare;
                words[doc] |= (ulong)place << (i * bits);
            }
        }

        return new WordColumn(ranked, withValue, large, bits, fields, [.. lists]);
    }

    private protected override CountTable? CountEach(ReadOnlySpan<int> documents, CountTable counts)
    {
        Chunk chunk = Rent();
        CountTable.Counters counters = counts.Each;
        ulong mask = (1UL << bits) - 1;
        for (int at = 0; at < documents.Length; at += Chunk.Most)
        {
            Read(documents[at..Math.Min(at + Chunk.Most, documents.Length)], chunk);
            for (int shift = 0; shift < bits * fields; shift += bits)
            {
                Count(chunk.Words, chunk.Count, shift, mask, counters);
            }

            for (int i = 0; i < chunk.Lists; i++)
            {
                foreach (int place in ListAt(chunk.Indexes[i]))
                {
                    counters.Increment(place);
                }
            }
        }

        return null;
    }

    internal override int CountAny(ReadOnlySpan<int> documents, CountTable? counted, ReadOnlySpan<bool> wanted)
    {
        Chunk chunk = Rent();
        ulong mask = (1UL << bits) - 1;
        int total = 0;
        fixed (bool* flags = wanted)
        {
            for (int at = 0; at < documents.Length; at += Chunk.Most)
            {
                Read(documents[at..Math.Min(at + Chunk.Most, documents.Length)], chunk);
                total += CountAny(chunk.Words, chunk.Count, bits, bits * fields, mask, (byte*)flags);
                for (int i = 0; i < chunk.Lists; i++)
                {
                    total += IsAny(chunk.Indexes[i], wanted) ? 1 : 0;
                }
            }
        }

        return total;
    }

    private protected override void Collect(ReadOnlySpan<bool> wanted, DocBits into)
    {
        ulong mask = (1UL << bits) - 1;
        for (int doc = 0; doc < words.Length; doc++)
        {
            ulong word = words.Start[doc];
            bool found = false;
            if ((word & ListSign) != 0)
            {
                found = IsAny((int)word, wanted);
            }
            else
            {
                for (int i = 0; i < fields; i++, word >>= bits)
                {
                    found |= wanted[(int)(word & mask)];
                }
            }

            if (found)
            {
                into.Add(doc);
            }
        }
    }

    /// <summary>Reads documents' words.</summary>
    private void Read(ReadOnlySpan<int> documents, Chunk chunk)
    {
        fixed (int* docs = documents)
        {
            chunk.Count = documents.Length;
            chunk.Lists = Read(words.Start, docs, documents.Length, chunk.Words, chunk.Indexes);
        }
    }

    /// <summary>Reads words; those with lists become 0, a place that nobody reads, and their lists' indexes are noted.</summary>
    /// <returns>How many lists there are.</returns>
    // not inlined: the loop needs all registers
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Read(ulong* all, int* docs, int count, ulong* plain, int* indexes)
    {
        int lists = 0;
        for (int i = 0; i < count; i++)
        {
            ulong word = all[docs[i]];
            indexes[lists] = (int)word;
            lists += (int)(word >> 63);
            plain[i] = word & ~(ulong)((long)word >> 63);
        }

        return lists;
    }

    // not inlined: the loop needs all registers
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Count(ulong* plain, int count, int shift, ulong mask, CountTable.Counters counters)
    {
        for (int i = 0; i < count; i++)
        {
            counters.Increment((int)((plain[i] >> shift) & mask));
        }
    }

    // not inlined: the loop needs all registers
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CountAny(ulong* plain, int count, int step, int end, ulong mask, byte* wanted)
    {
        int total = 0;
        for (int i = 0; i < count; i++)
        {
            int found = 0;
            for (int shift = 0; shift < end; shift += step)
            {
                found |= wanted[(plain[i] >> shift) & mask];
            }

            total += found;
        }

        return total;
    }

    private bool IsAny(int list, ReadOnlySpan<bool> wanted)
    {
        foreach (int place in ListAt(list))
        {
            if (wanted[place])
            {
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<int> ListAt(int index) => lists.AsSpan(index + 1, lists[index]);

    private static int Longer(int[] starts, int fields)
    {
        int longer = 0;
        for (int doc = 0; doc < starts.Length - 1; doc++)
        {
            longer += starts[doc + 1] - starts[doc] > fields ? 1 : 0;
        }

        return longer;
    }

    private static Chunk Rent() => _chunk ??= new Chunk();

    /// <summary>Words read, at fixed addresses.</summary>
    private sealed class Chunk
    {
        public const int Most = 1024;

        private readonly ulong[] _words = GC.AllocateUninitializedArray<ulong>(Most, pinned: true);
        private readonly int[] _indexes = GC.AllocateUninitializedArray<int>(Most + 1, pinned: true);

        public Chunk()
        {
            fixed (ulong* words = _words)
            fixed (int* indexes = _indexes)
            {
                Words = words;
                Indexes = indexes;
            }
        }

        public ulong* Words { get; }

        public int Count { get; set; }

        /// <summary>Indexes of lists.</summary>
        public int* Indexes { get; }

        public int Lists { get; set; }
    }
}
