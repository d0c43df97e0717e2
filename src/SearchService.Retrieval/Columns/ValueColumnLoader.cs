using System.Numerics;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Columns;

/// <summary>Makes a column of what the segment keeps of it, else of the field's postings.</summary>
internal static class ValueColumnLoader
{
    public static ValueColumn Load(AtomicReader reader, string field)
    {
        switch (reader.GetTerms(field))
        {
            case null:
                return None(reader.MaxDoc);
            case BlockTerms terms:
                return terms.Reader.Columns?.Find(terms.Dictionary.Field.Number) is { } part
                    ? Read(part, terms, reader.MaxDoc)
                    : Of(TurnedPostings.Of(terms, reader.MaxDoc));
            case { } other:
                throw new ArgumentException($"field '{field}' has {other.GetType().Name}, want postings of {nameof(RetrievalCodec)}", nameof(reader));
        }
    }

    public static ValueColumn Of(TurnedPostings turned) =>
        ValueSets.TryFind(turned) is { } sets ? SetColumn.Make(turned, sets) : WordColumn.Make(turned);

    /// <summary>A column without values: every document has the empty combination.</summary>
    private static SetColumn<byte> None(int length)
    {
        WordLists sets = new(values: 0, 1);
        sets.Set(0, []);
        sets.Complete();
        return SetColumn.Make(new RankedValues(ValueDictionary.Empty, []), new DocBits(length), new LargeArray<byte>(length), sets, [length]);
    }

    /// <summary>Reads a column.</summary>
    /// <param name="length">Documents of the segment.</param>
    /// <exception cref="CorruptIndexException">The part is damaged: nothing of it is used before all of it was compared with the rest.</exception>
    private static ValueColumn Read(ColumnPart part, BlockTerms terms, int length)
    {
        TermValues values = new(terms);
        if (part.Length < (long)values.Count + length)
        {
            throw new CorruptIndexException($"a column of {values.Count} values and {length} documents has {part.Length} bytes");
        }

        NumberReader numbers = part.Open();
        RankedValues ranked = new(values, ReadDocuments(ref numbers, values.Count));
        ValueColumn column = part.Sets switch
        {
            0 => ReadWords(ref numbers, part, ranked, length),
            <= byte.MaxValue + 1 => ReadSets<byte>(ref numbers, part, ranked, length),
            _ => ReadSets<ushort>(ref numbers, part, ranked, length),
        };
        numbers.CheckEnd();
        GC.KeepAlive(part);
        return column;
    }

    private static WordColumn ReadWords(ref NumberReader numbers, ColumnPart part, RankedValues ranked, int length)
    {
        WordLists values = new(ranked.Count, length);
        int[] counts = new int[ranked.Count + ValueColumn.First];
        values.Read(ref numbers, part.Listed, [], counts);
        Compare(ranked, counts);
        return new WordColumn(ranked, values.NonEmpty(), values);
    }

    private static SetColumn<TCode> ReadSets<TCode>(ref NumberReader numbers, ColumnPart part, RankedValues ranked, int length)
        where TCode : unmanaged, IBinaryInteger<TCode>
    {
        LargeArray<TCode> codes = new(length);
        int[] documents = new int[part.Sets];
        ReadCodes(ref numbers, codes, documents);
        WordLists sets = new(ranked.Count, part.Sets);
        int[] counts = new int[ranked.Count + ValueColumn.First];
        sets.Read(ref numbers, part.Listed, documents, counts);
        Compare(ranked, counts);
        return SetColumn.Make(ranked, WithValue(codes, sets), codes, sets, documents);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] ReadDocuments(ref NumberReader numbers, int values)
    {
        int[] documents = new int[values];
        NumberReader reader = numbers;
        for (int ordinal = 0; ordinal < documents.Length; ordinal++)
        {
            documents[ordinal] = (int)reader.Next();
        }

        numbers = reader;
        return documents;
    }

    /// <summary>Reads each document's combination and counts the documents of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadCodes<TCode>(ref NumberReader numbers, LargeArray<TCode> codes, int[] documents)
        where TCode : unmanaged, IBinaryInteger<TCode>
    {
        NumberReader reader = numbers;
        Span<TCode> span = codes.Span;
        for (int doc = 0; doc < span.Length; doc++)
        {
            uint code = reader.Next();
            if (code >= (uint)documents.Length)
            {
                throw new CorruptIndexException($"document {doc} has combination {code} of {documents.Length}");
            }

            documents[code]++;
            span[doc] = TCode.CreateTruncating(code);
        }

        numbers = reader;
        GC.KeepAlive(codes);
    }

    private static DocBits WithValue<TCode>(LargeArray<TCode> codes, WordLists sets)
        where TCode : unmanaged, IBinaryInteger<TCode>
    {
        int none = sets.NextEmpty(0);
        if (none >= 0 && sets.NextEmpty(none + 1) >= 0)
        {
            throw new CorruptIndexException($"combinations {none} and {sets.NextEmpty(none + 1)} are both without values");
        }

        return none < 0 ? DocBits.All(codes.Length) : DocBits.Except(codes, TCode.CreateTruncating(none));
    }

    /// <summary>Compares how often the values occur with what ranks them: the counters of a search rely on it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compare(RankedValues ranked, int[] counts)
    {
        for (int rank = 0; rank < ranked.Count; rank++)
        {
            if (ranked.Documents(rank) != counts[rank + ValueColumn.First])
            {
                throw new CorruptIndexException($"a value has {counts[rank + ValueColumn.First]} documents, want {ranked.Documents(rank)}");
            }
        }
    }
}
