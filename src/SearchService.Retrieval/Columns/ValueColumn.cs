using System.Numerics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// The exact values of one field in one segment, turned round from its postings: document → ordinals. Deleted documents
/// keep theirs, so a column is loaded once and shared by every reader of the segment. Immutable, thread-safe.
/// </summary>
/// <remarks>
/// Counters have one place more than there are values: value <c>v</c> is counted at <c>v + 1</c>, and place 0 takes
/// what a document without value adds, so that the loops need no branch.
/// </remarks>
public abstract class ValueColumn
{
    private readonly int[] _documents;

    private protected ValueColumn(ValueDictionary values, int[] documents, DocBits withValue)
    {
        Values = values;
        _documents = documents;
        WithValue = withValue;
    }

    /// <summary>The segment's own dictionary.</summary>
    public ValueDictionary Values { get; }

    /// <summary>Documents that have a value.</summary>
    public DocBits WithValue { get; }

    /// <summary>Documents of the segment, deleted ones included.</summary>
    public int Length => WithValue.Length;

    /// <summary>Bytes held, the dictionary included.</summary>
    public long Bytes => Values.Bytes + ((long)_documents.Length * sizeof(int)) + WithValue.Bytes + SlotBytes;

    private protected abstract long SlotBytes { get; }

    /// <summary>Number of documents that have the value, deleted ones included.</summary>
    public int Documents(int ordinal) => _documents[ordinal];

    /// <summary>Adds 1 at every value of every document.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="counts">Counters, one place more than there are values.</param>
    public void Count(DocBits documents, Span<int> counts)
    {
        if (documents.Count() == Length)
        {
            for (int i = 0; i < _documents.Length; i++)
            {
                counts[i + 1] += _documents[i];
            }

            return;
        }

        CountEach(documents, counts);
    }

    /// <summary>Adds the documents that have the value.</summary>
    public void Collect(int ordinal, DocBits into)
    {
        bool[] wanted = new bool[Values.Count + 1];
        wanted[ordinal + 1] = true;
        Collect(wanted, into);
    }

    /// <summary>Adds the documents that have a wanted value; <paramref name="wanted"/> has the places of counters, its first is false.</summary>
    public abstract void Collect(ReadOnlySpan<bool> wanted, DocBits into);

    /// <summary>
    /// Number of the documents that have a value of class <see cref="Unlisted"/> and none of class <see cref="Listed"/>;
    /// <paramref name="classes"/> has the places of counters, its first is 0.
    /// </summary>
    public abstract int CountRest(DocBits documents, ReadOnlySpan<byte> classes);

    /// <summary>A value that counts but is not listed.</summary>
    public const byte Unlisted = 1;

    /// <summary>A value that is listed.</summary>
    public const byte Listed = 2;

    private protected abstract void CountEach(DocBits documents, Span<int> counts);

    /// <summary>Turns a field's postings round. A segment without the field gives a column without values.</summary>
    public static ValueColumn Load(AtomicReader reader, string field)
    {
        int length = reader.MaxDoc;
        Terms? terms = reader.GetTerms(field);
        int postings = terms is null ? 0 : checked((int)terms.SumDocFreq);
        ValueDictionary.Builder values = new();
        List<int> documents = [];
        int[] flat = new int[postings];
        int[] starts = new int[length + 1];
        DocBits withValue = new(length);
        int filled = 0;
        if (terms is not null)
        {
            TermsEnum each = terms.GetEnumerator();
            DocsEnum? docs = null;
            while (each.MoveNext())
            {
                BytesRef term = each.Term;
                values.Add(term.Bytes.AsSpan(term.Offset, term.Length));
                docs = each.Docs(null, docs, DocsFlags.NONE);
                int before = filled;
                for (int doc = docs.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.NextDoc())
                {
                    flat[filled++] = doc;
                    starts[doc + 1]++;
                    withValue.Add(doc);
                }

                documents.Add(filled - before);
            }
        }

        bool single = filled == withValue.Count();
        ValueDictionary dictionary = values.Build();
        int[] frequencies = [.. documents];
        return dictionary.Count switch
        {
            < byte.MaxValue => Build<byte>(dictionary, frequencies, withValue, flat, starts, single),
            < ushort.MaxValue => Build<ushort>(dictionary, frequencies, withValue, flat, starts, single),
            _ => Build<int>(dictionary, frequencies, withValue, flat, starts, single),
        };
    }

    private static ValueColumn Build<TSlot>(ValueDictionary values, int[] documents, DocBits withValue, int[] flat, int[] starts, bool single)
        where TSlot : unmanaged, IBinaryInteger<TSlot>
    {
        TSlot[] slots = new TSlot[single ? withValue.Length : flat.Length];
        if (!single)
        {
            for (int i = 1; i < starts.Length; i++)
            {
                starts[i] += starts[i - 1];
            }
        }

        int[] next = single ? [] : starts[..^1];
        int at = 0;
        for (int ordinal = 0; ordinal < documents.Length; ordinal++)
        {
            TSlot slot = TSlot.CreateTruncating(ordinal + 1);
            for (int end = at + documents[ordinal]; at < end; at++)
            {
                int doc = flat[at];
                slots[single ? doc : next[doc]++] = slot;
            }
        }

        return single
            ? new SingleValueColumn<TSlot>(values, documents, withValue, slots)
            : new MultiValueColumn<TSlot>(values, documents, withValue, starts, slots);
    }
}
