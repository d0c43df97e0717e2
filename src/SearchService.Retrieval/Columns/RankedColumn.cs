using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Lucene.Net.Index;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Columns;

/// <summary>A value and how many documents have it.</summary>
public readonly record struct RankedValue(string Value, int Count);

/// <summary>
/// The values of an indexed field over a whole reader, numbered by falling frequency, and each document's numbers: made of the postings when a reader
/// is opened, counts the documents
/// of a set by value.
/// </summary>
/// <remarks>
/// Frequent values have small numbers, so the counters that are hit most lie together, and a walk over the counters can stop where the next value's
/// frequency in the whole
/// index is not above the counts already found. Deleted documents are counted only if the set has them. Thread-safe.
/// </remarks>
public sealed class RankedColumn
{
    /// <summary>Most numbers kept beside the document; further ones stand in a list that is walked apart.</summary>
    private const int MostSlots = 4;

    // free slots share this many counters: adding to one and the same would wait for itself
    private const int Spare = 32;

    // few values are counted in this many copies of the counters by turns, for the same reason
    private const int Copies = 4;
    private const int FewValues = 1024;

    // at most one document in so many may have more numbers than slots
    private const int CrowdedShare = 8;

    // below this share of the counters it is cheaper to take the counts back than to clear all
    private const int ClearShare = 50;

    [ThreadStatic]
    private static int[]? _counters;

    private readonly string[] _names;
    private readonly int[] _frequencies;
    private readonly int _maxDoc;

    // one, two or four numbers a document; a free slot holds the number of a counter from Count on, which nobody reads
    // (bytes, shorts or integers: what the numbers need, since the walk waits for memory)
    private readonly Array _slots;
    private readonly int _width;
    private readonly int _copies;
    private readonly int _stride;

    // documents with more numbers than slots, how many such documents stand before each word, where each one's numbers begin, the numbers
    private readonly ulong[] _crowded;
    private readonly int[] _crowdedBefore;
    private readonly int[] _moreStarts;
    private readonly int[] _more;

    private RankedColumn(string[] names, int[] frequencies, int[] slots, int width, List<(int Doc, int Number)> more)
    {
        _names = names;
        _frequencies = frequencies;
        _slots = Narrow(slots, names.Length + Spare);
        _copies = names.Length <= FewValues ? Copies : 1;
        _stride = (int)BitOperations.RoundUpToPowerOf2((uint)(names.Length + Spare));
        _width = width;
        _maxDoc = slots.Length / width;
        _crowded = new ulong[DocSet.WordsFor(_maxDoc)];
        _crowdedBefore = new int[_crowded.Length];
        more.Sort();
        List<int> starts = [];
        int previous = -1;
        for (int i = 0; i < more.Count; i++)
        {
            if (more[i].Doc != previous)
            {
                previous = more[i].Doc;
                _crowded[previous >> 6] |= 1UL << (previous & 63);
                starts.Add(i);
            }
        }

        starts.Add(more.Count);
        _moreStarts = [.. starts];
        _more = [.. more.Select(m => m.Number)];
        for (int w = 1; w < _crowded.Length; w++)
        {
            _crowdedBefore[w] = _crowdedBefore[w - 1] + BitOperations.PopCount(_crowded[w - 1]);
        }
    }

    /// <summary>Distinct values.</summary>
    public int Count => _names.Length;

    /// <summary>Bytes held.</summary>
    public long Bytes => _names.Sum(n => 24L + (2 * n.Length))
        + Buffer.ByteLength(_slots) + (4L * (_frequencies.Length + _moreStarts.Length + _more.Length + _crowdedBefore.Length)) + (8L * _crowded.Length);

    /// <summary>Makes the column of a field that was indexed with <see cref="RetrievalCodec"/>; empty where no document has a value.</summary>
    public static RankedColumn Load(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
        List<int> frequencies = [];
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            ForEachTerm(leaf, field, (name, entry, _) =>
            {
                ref int ordinal = ref CollectionsMarshal.GetValueRefOrAddDefault(ordinals, name, out bool known);
                if (!known)
                {
                    ordinal = frequencies.Count;
                    frequencies.Add(0);
                }

                frequencies[ordinal] += entry.DocFreq;
            });
        }

        int[] order = new int[frequencies.Count];
        int[] keys = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = -frequencies[i];
        }

        Array.Sort(keys, order);
        int[] rank = new int[order.Length];
        string[] names = new string[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        foreach ((string name, int ordinal) in ordinals)
        {
            names[rank[ordinal]] = name;
        }

        (int[] slots, int width, List<(int Doc, int Number)> more) = Fill(reader, field, ordinals, rank);
        return new RankedColumn(names, [.. order.Select(o => frequencies[o])], slots, width, more);
    }

    /// <summary>All values that the set's documents have, most frequent in the whole index first.</summary>
    /// <exception cref="ArgumentException">The set is over another number of documents.</exception>
    public IReadOnlyList<RankedValue> All(DocSet documents) => Counted(documents, counts =>
    {
        List<RankedValue> values = new(64);
        for (int i = NextAbove(counts, 0, 0); i < counts.Length; i = NextAbove(counts, i + 1, 0))
        {
            values.Add(new RankedValue(_names[i], counts[i]));
        }

        return values;
    });

    /// <summary>The values that most of the set's documents have, by falling count.</summary>
    /// <exception cref="ArgumentException">The set is over another number of documents.</exception>
    public IReadOnlyList<RankedValue> Top(DocSet documents, int wanted) => Counted(documents, counts => Select(counts, wanted));

    private List<RankedValue> Select(ReadOnlySpan<int> counts, int wanted)
    {
        PriorityQueue<int, int> best = new(wanted);
        int least = 0;
        for (int i = NextAbove(counts, 0, least); i < counts.Length && (best.Count < wanted || _frequencies[i] > least); i = NextAbove(counts, i + 1, least))
        {
            if (best.Count < wanted)
            {
                best.Enqueue(i, counts[i]);
            }
            else
            {
                best.EnqueueDequeue(i, counts[i]);
            }

            if (best.Count == wanted)
            {
                best.TryPeek(out _, out least);
            }
        }

        List<RankedValue> values = new(best.Count);
        while (best.TryDequeue(out int number, out int count))
        {
            values.Add(new RankedValue(_names[number], count));
        }

        values.Reverse();
        return values;
    }

    /// <summary>The first counter from an index on that is above a count.</summary>
    private static int NextAbove(ReadOnlySpan<int> counts, int index, int least)
    {
        Vector512<int> bar = Vector512.Create(least);
        for (; index + 16 <= counts.Length; index += 16)
        {
            ulong above = Vector512.GreaterThan(Vector512.Create(counts[index..]), bar).ExtractMostSignificantBits();
            if (above != 0)
            {
                return index + BitOperations.TrailingZeroCount(above);
            }
        }

        while (index < counts.Length && counts[index] <= least)
        {
            index++;
        }

        return index;
    }

    /// <summary>Counts into counters that are all zero before and after.</summary>
    private List<RankedValue> Counted(DocSet documents, Func<ReadOnlySpan<int>, List<RankedValue>> read)
    {
        if (documents.Length != _maxDoc)
        {
            throw new ArgumentException($"the set is over {documents.Length} documents, want {_maxDoc}", nameof(documents));
        }

        int needed = _stride * _copies;
        if (_counters is null || _counters.Length < needed)
        {
            _counters = GC.AllocateArray<int>(needed, pinned: true);
        }

        int touched = Walk(documents, _counters, reset: false);
        for (int copy = 1; copy < _copies; copy++)
        {
            for (int i = 0; i < Count; i++)
            {
                _counters[i] += _counters[(copy * _stride) + i];
            }
        }

        List<RankedValue> values = read(_counters.AsSpan(0, Count));
        if (_copies > 1 || touched > needed / ClearShare)
        {
            Array.Clear(_counters, 0, needed);
        }
        else
        {
            Walk(documents, _counters, reset: true);
        }

        return values;
    }

    private int Walk(DocSet documents, int[] counters, bool reset) => _slots switch
    {
        byte[] bytes => Walk(bytes, documents, counters, reset),
        ushort[] shorts => Walk(shorts, documents, counters, reset),
        int[] integers => Walk(integers, documents, counters, reset),
        _ => throw new InvalidOperationException("slots have a type of their own"),
    };

    private unsafe int Walk<T>(T[] numbers, DocSet documents, int[] counters, bool reset)
        where T : unmanaged, IBinaryInteger<T>
    {
        int width = _width;
        ReadOnlySpan<int> docs = DocList.Of(documents);
        fixed (T* slots = numbers)
        fixed (int* counts = counters)
        {
            if (reset)
            {
                foreach (int doc in docs)
                {
                    for (long i = (long)doc * width; i < ((long)doc + 1) * width; i++)
                    {
                        counts[int.CreateTruncating(slots[i])] = 0;
                    }
                }
            }
            else
            {
                int turns = (_copies * _stride) - 1;
                int turn = 0;
                foreach (int doc in docs)
                {
                    T* own = slots + ((long)doc * width);
                    int* here = counts + turn;
                    here[int.CreateTruncating(own[0])]++;
                    if (width > 1)
                    {
                        here[int.CreateTruncating(own[1])]++;
                    }

                    if (width > 2)
                    {
                        here[int.CreateTruncating(own[2])]++;
                        here[int.CreateTruncating(own[3])]++;
                    }

                    turn = (turn + _stride) & turns;
                }
            }

            WalkCrowded(documents.Words, counts, reset);
        }

        return docs.Length;
    }

    private static Array Narrow(int[] slots, int values) =>
        values <= byte.MaxValue ? Array.ConvertAll(slots, s => (byte)s) : values <= ushort.MaxValue ? Array.ConvertAll(slots, s => (ushort)s) : slots;

    private unsafe void WalkCrowded(ReadOnlySpan<ulong> words, int* counts, bool reset)
    {
        for (int w = 0; w < words.Length; w++)
        {
            for (ulong word = words[w] & _crowded[w]; word != 0; word &= word - 1)
            {
                ulong below = _crowded[w] & ((word & (0 - word)) - 1);
                int place = _crowdedBefore[w] + BitOperations.PopCount(below);
                foreach (int number in _more.AsSpan(_moreStarts[place].._moreStarts[place + 1]))
                {
                    counts[number] = reset ? 0 : counts[number] + 1;
                }
            }
        }
    }

    private static (int[] Slots, int Width, List<(int Doc, int Number)> More) Fill(
        IndexReader reader, string field, Dictionary<string, int> ordinals, int[] rank)
    {
        byte[] used = new byte[reader.MaxDoc];
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            ForEachDocument(leaf, field, ordinals, (doc, _) => used[doc] = (byte)Math.Min(MostSlots + 1, used[doc] + 1));
        }

        int width = 1;
        while (width < MostSlots && used.Count(u => u > width) > reader.MaxDoc / CrowdedShare)
        {
            width *= 2;
        }

        int[] slots = new int[reader.MaxDoc * width];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = rank.Length + (i % Spare);
        }

        List<(int Doc, int Number)> more = [];
        Array.Clear(used);
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            ForEachDocument(leaf, field, ordinals, (doc, ordinal) =>
            {
                if (used[doc] < width)
                {
                    slots[(doc * width) + used[doc]++] = rank[ordinal];
                }
                else
                {
                    more.Add((doc, rank[ordinal]));
                }
            });
        }

        return (slots, width, more);
    }

    private static void ForEachTerm(AtomicReaderContext leaf, string field, Action<string, TermEntry, BlockTerms> use)
    {
        if (leaf.AtomicReader.GetTerms(field) is not BlockTerms terms)
        {
            return;
        }

        TermBlock block = new();
        for (int i = 0; i < terms.Dictionary.Blocks; i++)
        {
            terms.Dictionary.Load(i, block);
            for (int t = 0; t < block.Count; t++)
            {
                use(Encoding.UTF8.GetString(block.Term(t)), block.Entries[t], terms);
            }
        }
    }

    private static unsafe void ForEachDocument(AtomicReaderContext leaf, string field, Dictionary<string, int> ordinals, Action<int, int> use)
    {
        PostingsCursor cursor = new();
        ForEachTerm(leaf, field, (name, entry, terms) =>
        {
            int ordinal = ordinals[name];
            cursor.Open(terms, entry);
            for (int b = 0; b < cursor.Blocks; b++)
            {
                cursor.Block = b;
                cursor.DecodeDocs();
                for (int i = 0; i < cursor.Count; i++)
                {
                    use(leaf.DocBase + cursor.Docs[i], ordinal);
                }
            }
        });
    }
}
