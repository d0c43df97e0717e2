using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>A plan's filters as sets of documents, by segment. Thread-safe; the sets are the caller's own. Deleted documents may be in them.</summary>
internal sealed class PlanFilters(SnapshotColumns columns, IReadOnlyList<AtomicReaderContext> segments)
{
    /// <summary>
    /// A value is looked up in its postings where fewer than one document in so many has it, else by walking the column.
    /// </summary>
    private const int RareValue = 16;

    /// <summary>Documents that have the value; <see cref="ArticleSchema.Missing"/> for those that have none.</summary>
    public DocBits Value(int segment, ArticleField field, string value) => AnyOf(segment, field, [value]);

    /// <summary>Documents whose date lies inside the range.</summary>
    public DocBits Dates(int segment, DayRange range)
    {
        DateColumn column = columns.Dates.Columns[segment];
        DocBits inside = new(column.Length);
        AddInside(column, range, inside);
        return inside;
    }

    public DocBits Values(int segment, ValueFilter filter)
    {
        DocBits found = filter.AnyOf.Count > 0 ? AnyOf(segment, filter.Field, filter.AnyOf) : DocBits.All(columns.Dates.Columns[segment].Length);
        if (filter.NoneOf.Count > 0)
        {
            found.AndNot(AnyOf(segment, filter.Field, filter.NoneOf));
        }

        return found;
    }

    public DocBits Dates(int segment, DateFilter filter)
    {
        DateColumn column = columns.Dates.Columns[segment];
        DocBits found = filter.AnyOf.Count > 0 || filter.AnyOfMissing
            ? Inside(column, filter.AnyOf, filter.AnyOfMissing)
            : DocBits.All(column.Length);
        if (filter.NoneOf.Count > 0 || filter.NoneOfMissing)
        {
            found.AndNot(Inside(column, filter.NoneOf, filter.NoneOfMissing));
        }

        return found;
    }

    /// <summary>The articles of the given ids.</summary>
    public DocBits Ids(int segment, IReadOnlyList<ArticleId> ids)
    {
        AtomicReader reader = segments[segment].AtomicReader;
        DocBits found = new(reader.MaxDoc);
        TermsEnum? terms = reader.GetTerms(IndexFields.Id)?.GetEnumerator();
        foreach (ArticleId id in ids)
        {
            if (terms is not null && terms.SeekExact(new BytesRef(id.Value)))
            {
                AddPostings(terms, found);
            }
        }

        return found;
    }

    private DocBits AnyOf(int segment, ArticleField field, IReadOnlyList<string> values)
    {
        ValueColumn column = columns.Values(field).Columns[segment];
        DocBits found = new(column.Length);
        List<int> frequent = [];
        TermsEnum? terms = null;
        foreach (string value in values)
        {
            if (value == ArticleSchema.Missing)
            {
                DocBits without = column.WithValue.Copy();
                without.Invert();
                found.Or(without);
                continue;
            }

            int ordinal = column.Values.Find(IndexFields.Cut(value));
            if (ordinal < 0)
            {
                continue;
            }

            if (column.Documents(ordinal) > column.Length / RareValue)
            {
                frequent.Add(ordinal);
                continue;
            }

            terms ??= segments[segment].AtomicReader.GetTerms(IndexFields.Values(field)).GetEnumerator();
            if (terms.SeekExact(new BytesRef(column.Values.Utf8(ordinal).ToArray())))
            {
                AddPostings(terms, found);
            }
        }

        if (frequent.Count > 0)
        {
            column.Collect(CollectionsMarshal.AsSpan(frequent), found);
        }

        return found;
    }

    private static DocBits Inside(DateColumn column, IReadOnlyList<DayRange> ranges, bool missing)
    {
        DocBits found = new(column.Length);
        if (missing)
        {
            found.Or(column.Dated);
            found.Invert();
        }

        foreach (DayRange range in ranges)
        {
            AddInside(column, range, found);
        }

        return found;
    }

    private static void AddInside(DateColumn column, DayRange range, DocBits into) =>
        column.AddInside(range.From?.DayNumber ?? 0, range.To?.DayNumber ?? CivilDay.End - 1, into);

    private static void AddPostings(TermsEnum term, DocBits into)
    {
        DocsEnum docs = term.Docs(null, null, DocsFlags.NONE);
        for (int doc = docs.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.NextDoc())
        {
            into.Add(doc);
        }
    }
}
