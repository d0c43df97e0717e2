using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Lucene.Net.Index;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Columns;

/// <summary>A value and how many documents have it.</summary>
public readonly record struct RankedValue(string Value, int Count);

/// <summary>
/// The values of an indexed field over a whole reader, numbered by falling frequency, and each document's numbers: made of the postings when a reader is opened, counts the documents
/// of a set by value.
/// </summary>
/// <remarks>
/// Frequent values have small numbers, so the counters that are hit most lie together; and a walk from the most frequent value down can stop where the next value's
/// frequency cannot reach the counts already found. Deleted documents are counted only if the set has them. Thread-safe.
/// </remarks>
public sealed class RankedColumn
{
    private readonly string[] _names;
    private readonly int[] _frequencies;
    private readonly int[] _starts;
    private readonly int[] _numbers;

    private RankedColumn(string[] names, int[] frequencies, int[] starts, int[] numbers)
    {
        _names = names;
        _frequencies = frequencies;
        _starts = starts;
        _numbers = numbers;
    }

    /// <summary>Distinct values.</summary>
    public int Count => _names.Length;

    /// <summary>Bytes held.</summary>
    public long Bytes => _names.Sum(n => 24L + (2 * n.Length)) + (4L * (_frequencies.Length + _starts.Length + _numbers.Length));

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

        int[] order = [.. Enumerable.Range(0, frequencies.Count).OrderByDescending(o => frequencies[o])];
        int[] rank = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        string[] names = new string[order.Length];
        foreach ((string name, int ordinal) in ordinals)
        {
            names[rank[ordinal]] = name;
        }

        (int[] starts, int[] numbers) = Invert(reader, field, ordinals, rank);
        return new RankedColumn(names, [.. order.Select(o => frequencies[o])], starts, numbers);
    }

    /// <summary>All values that the set's documents have, most frequent in the whole index first.</summary>
    public IReadOnlyList<RankedValue> All(DocSet documents)
    {
        int[] counts = CountInto(documents);
        List<RankedValue> values = [];
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                values.Add(new RankedValue(_names[i], counts[i]));
            }
        }

        return values;
    }

    /// <summary>The values that most of the set's documents have, by falling count.</summary>
    public IReadOnlyList<RankedValue> Top(DocSet documents, int size, int wanted)
    {
        int[] counts = CountInto(documents);
        PriorityQueue<int, int> best = new();
        for (int i = 0; i < counts.Length; i++)
        {
            if (best.Count < wanted)
            {
                if (counts[i] > 0)
                {
                    best.Enqueue(i, counts[i]);
                }

                continue;
            }

            best.TryPeek(out _, out int least);
            if (_frequencies[i] <= least)
            {
                break;
            }

            if (counts[i] > least)
            {
                best.EnqueueDequeue(i, counts[i]);
            }
        }

        RankedValue[] values = new RankedValue[best.Count];
        for (int i = values.Length - 1; best.TryDequeue(out int number, out int count); i--)
        {
            values[i] = new RankedValue(_names[number], count);
        }

        return values;
    }

    private int[] CountInto(DocSet documents)
    {
        int[] counts = new int[_names.Length];
        ReadOnlySpan<ulong> words = documents.Words;
        for (int w = 0; w < words.Length; w++)
        {
            for (ulong word = words[w]; word != 0; word &= word - 1)
            {
                int doc = (w << 6) + BitOperations.TrailingZeroCount(word);
                foreach (int number in _numbers.AsSpan(_starts[doc].._starts[doc + 1]))
                {
                    counts[number]++;
                }
            }
        }

        return counts;
    }

    private static (int[] Starts, int[] Numbers) Invert(IndexReader reader, string field, Dictionary<string, int> ordinals, int[] rank)
    {
        int[] starts = new int[reader.MaxDoc + 2];
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            ForEachDocument(leaf, field, ordinals, (doc, _) => starts[doc + 2]++);
        }

        for (int i = 2; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        int[] numbers = new int[starts[^1]];
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            ForEachDocument(leaf, field, ordinals, (doc, ordinal) => numbers[starts[doc + 1]++] = rank[ordinal]);
        }

        return (starts, numbers);
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
