using Lucene.Net.Index;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Columns;

/// <summary>Makes a column of a field's postings.</summary>
internal static unsafe class ValueColumnLoader
{
    public static ValueColumn Load(AtomicReader reader, string field)
    {
        ValueDictionary.Builder values = new();
        List<int> frequencies = [];
        int[] flat = [];
        int[] starts = new int[reader.MaxDoc + 1];
        switch (reader.GetTerms(field))
        {
            case null:
                break;
            case BlockTerms terms:
                flat = new int[checked((int)terms.SumDocFreq)];
                Read(terms, values, frequencies, flat, starts);
                break;
            case { } other:
                throw new ArgumentException($"field '{field}' has {other.GetType().Name}, want postings of {nameof(RetrievalCodec)}", nameof(reader));
        }

        DocBits withValue = new(reader.MaxDoc);
        for (int doc = 0; doc < reader.MaxDoc; doc++)
        {
            if (starts[doc + 1] != 0)
            {
                withValue.Add(doc);
            }

            starts[doc + 1] += starts[doc];
        }

        RankedValues ranked = new(values.Build(), [.. frequencies]);
        int[] ranks = TurnRound(flat, frequencies, ranked, starts);
        return SetColumn.TryMake(ranked, withValue, starts, ranks) ?? WordColumn.Make(ranked, withValue, starts, ranks);
    }

    /// <summary>Reads all terms with their documents, one behind the other, and counts the values of each document at the place behind its own.</summary>
    private static void Read(BlockTerms terms, ValueDictionary.Builder values, List<int> frequencies, int[] flat, int[] counts)
    {
        PostingsCursor cursor = new();
        TermBlock block = new();
        int filled = 0;
        for (int b = 0; b < terms.Dictionary.Blocks; b++)
        {
            terms.Dictionary.Load(b, block);
            for (int t = 0; t < block.Count; t++)
            {
                values.Add(block.Term(t));
                frequencies.Add(block.Entries[t].DocFreq);
                cursor.Open(terms, block.Entries[t]);
                for (int i = 0; i < cursor.Blocks; i++)
                {
                    cursor.Block = i;
                    cursor.DecodeDocs();
                    ReadOnlySpan<int> docs = new(cursor.Docs, cursor.Count);
                    docs.CopyTo(flat.AsSpan(filled));
                    filled += docs.Length;
                    foreach (int doc in docs)
                    {
                        counts[doc + 1]++;
                    }
                }
            }
        }

        if (filled != flat.Length)
        {
            throw new CorruptIndexException($"field '{terms.Dictionary.Field.Name}' has {filled} postings, want {flat.Length}");
        }
    }

    /// <summary>The ranks of each document's values, ascending, one document behind the other.</summary>
    private static int[] TurnRound(int[] flat, List<int> frequencies, RankedValues ranked, int[] starts)
    {
        int[] begins = new int[frequencies.Count];
        for (int ordinal = 1; ordinal < begins.Length; ordinal++)
        {
            begins[ordinal] = begins[ordinal - 1] + frequencies[ordinal - 1];
        }

        int[] ranks = new int[flat.Length];
        int[] next = starts[..^1];
        for (int rank = 0; rank < begins.Length; rank++)
        {
            foreach (int doc in flat.AsSpan(begins[ranked.Ordinal(rank)], ranked.Documents(rank)))
            {
                ranks[next[doc]++] = rank;
            }
        }

        return ranks;
    }
}
