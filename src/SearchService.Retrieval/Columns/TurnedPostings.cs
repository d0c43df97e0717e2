using Lucene.Net.Index;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Columns;

/// <summary>One field's postings in one segment turned round: the values of each document. Immutable.</summary>
internal sealed unsafe class TurnedPostings
{
    private TurnedPostings(RankedValues ranked, int[] starts, int[] ranks)
    {
        Ranked = ranked;
        Starts = starts;
        Ranks = ranks;
    }

    public RankedValues Ranked { get; }

    /// <summary>Where each document's values begin in <see cref="Ranks"/>, and the end of the last.</summary>
    public int[] Starts { get; }

    /// <summary>The ranks of each document's values, ascending, one document behind the other.</summary>
    public int[] Ranks { get; }

    /// <summary>Documents of the segment.</summary>
    public int Length => Starts.Length - 1;

    /// <exception cref="CorruptIndexException">The field's figures and its postings differ.</exception>
    public static TurnedPostings Of(BlockTerms terms, int length)
    {
        TermValues values = new(terms);
        if (terms.SumDocFreq > (long)values.Count * length)
        {
            throw new CorruptIndexException($"field '{terms.Dictionary.Field.Name}' has {terms.SumDocFreq} postings of {values.Count} terms in {length} documents");
        }

        int[] frequencies = new int[values.Count];
        int[] flat = new int[checked((int)terms.SumDocFreq)];
        int[] starts = new int[length + 1];
        Read(terms, frequencies, flat, starts);
        for (int doc = 0; doc < length; doc++)
        {
            starts[doc + 1] += starts[doc];
        }

        RankedValues ranked = new(values, frequencies);
        return new TurnedPostings(ranked, starts, Turn(flat, frequencies, ranked, starts));
    }

    public ReadOnlySpan<int> Of(int document) => Ranks.AsSpan(Starts[document]..Starts[document + 1]);

    /// <summary>Documents that have a value.</summary>
    public DocBits WithValue()
    {
        DocBits withValue = new(Length);
        for (int doc = 0; doc < Length; doc++)
        {
            if (Starts[doc] != Starts[doc + 1])
            {
                withValue.Add(doc);
            }
        }

        return withValue;
    }

    /// <summary>Reads all terms with their documents, one behind the other, and counts the values of each document at the place behind its own.</summary>
    private static void Read(BlockTerms terms, int[] frequencies, int[] flat, int[] counts)
    {
        PostingsCursor cursor = new();
        TermBlock block = new();
        int ordinal = 0;
        int filled = 0;
        for (int b = 0; b < terms.Dictionary.Blocks; b++)
        {
            terms.Dictionary.Load(b, block);
            for (int t = 0; t < block.Count; t++)
            {
                frequencies[ordinal++] = block.Entries[t].DocFreq;
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

        if (ordinal != frequencies.Length || filled != flat.Length)
        {
            throw new CorruptIndexException(
                $"field '{terms.Dictionary.Field.Name}' has {ordinal} terms and {filled} postings, want {frequencies.Length} and {flat.Length}");
        }
    }

    private static int[] Turn(int[] flat, int[] frequencies, RankedValues ranked, int[] starts)
    {
        int[] begins = new int[frequencies.Length];
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
