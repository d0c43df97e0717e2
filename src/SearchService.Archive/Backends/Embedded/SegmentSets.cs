using Lucene.Net.Index;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.TopK;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>Sets of documents between columns, which are by segment, and the engine, whose sets are over the whole reader.</summary>
internal sealed class SegmentSets(IReadOnlyList<AtomicReaderContext> segments, int maxDoc)
{
    /// <summary>Makes one set a segment.</summary>
    /// <param name="make">Makes the set of the segment with a number.</param>
    public DocBits[] Make(Func<int, DocBits> make)
    {
        DocBits[] sets = new DocBits[segments.Count];
        for (int i = 0; i < sets.Length; i++)
        {
            sets[i] = make(i);
        }

        return sets;
    }

    /// <summary>A clause that matches a set.</summary>
    public Clause Clause(Func<int, DocBits> make) => Clause(Make(make));

    /// <inheritdoc cref="Clause(Func{int, DocBits})"/>
    public Clause Clause(IReadOnlyList<DocBits> sets)
    {
        (int from, int to) = Bounds(sets);
        long count = 0;
        DocSet all = new(maxDoc);
        for (int i = 0; i < sets.Count; i++)
        {
            count += sets[i].Count();
            sets[i].AddTo(all, segments[i].DocBase);
        }

        return count == to - from ? new RangeClause(from, to) : new SetClause(all);
    }

    /// <summary>Clauses that together match a set; with the range it lies in, so that the engine does not look beyond.</summary>
    public IEnumerable<Clause> Filters(IReadOnlyList<DocBits> sets)
    {
        Clause clause = Clause(sets);
        (int from, int to) = Bounds(sets);
        return clause is RangeClause ? [clause] : [clause, new RangeClause(from, to)];
    }

    /// <summary>A set over the whole reader by segment.</summary>
    public DocBits[] Split(DocSet all) => Make(i => DocBits.Of(all, segments[i].DocBase, segments[i].Reader.MaxDoc));

    /// <summary>From the first document to behind the last; nothing for none.</summary>
    private (int From, int To) Bounds(IReadOnlyList<DocBits> sets)
    {
        int from = 0;
        int to = 0;
        for (int i = 0; i < sets.Count; i++)
        {
            int first = sets[i].Next(0);
            if (first >= 0)
            {
                from = to == 0 ? segments[i].DocBase + first : from;
                to = segments[i].DocBase + sets[i].Previous(sets[i].Length - 1) + 1;
            }
        }

        return (from, to);
    }
}
