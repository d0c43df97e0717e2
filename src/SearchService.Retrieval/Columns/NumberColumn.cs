using Lucene.Net.Index;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Columns;

/// <summary>The numbers that a field of numeric doc values has in one segment.</summary>
public static class NumberColumn
{
    /// <summary>Reads the number of each document, deleted ones included; 0 for those without.</summary>
    /// <param name="into">As many places as the segment has documents.</param>
    public static void Read(AtomicReader reader, string field, Span<long> into)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNotEqual(into.Length, reader.MaxDoc, nameof(into));
        switch (reader.GetNumericDocValues(field))
        {
            case null:
                into.Clear();
                break;
            case FieldNumbers own:
                own.ReadAll(into);
                break;
            case { } other:
                for (int doc = 0; doc < into.Length; doc++)
                {
                    into[doc] = other.Get(doc);
                }

                break;
        }
    }
}
