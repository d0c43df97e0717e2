using System.Collections.Concurrent;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>Counts the facets of a plan.</summary>
/// <param name="live">Documents that are not deleted, one set a segment: what the archive's own counts are of.</param>
internal sealed class PlanFacets(SnapshotColumns columns, IReadOnlyList<DocBits> live)
{
    // the archive's own counts need its days alone: counted at the first facet that wants them
    private readonly ConcurrentDictionary<CivilInterval, DayCounts> _archive = [];

    /// <summary>Counts one facet.</summary>
    /// <param name="documents">The documents to count.</param>
    public FacetResult Count(FacetSpec facet, QueryPlan plan, CountedDocuments documents) =>
        facet.Field == ArticleSchema.Date ? CountDates(facet, plan, documents) : CountValues(facet, plan, documents);

    private ValueFacet CountValues(FacetSpec facet, QueryPlan plan, CountedDocuments documents)
    {
        HashSet<string> selected = plan.Filters.Where(f => f.Field == facet.Field)
            .SelectMany(f => f.AnyOf)
            .Where(v => v != ArticleSchema.Missing)
            .Select(IndexFields.Cut)
            .ToHashSet(StringComparer.Ordinal);
        ValueCounts counts = columns.Values(facet.Field).Count(documents, facet.Size, selected, facet.Prefix);
        return new ValueFacet(facet.Field)
        {
            Values = [.. counts.Values.Select(v => new FacetValue(v.Value, v.Count, selected.Contains(v.Value)))],
            Total = counts.Total,
            Missing = counts.Missing,
            Other = counts.Other,
        };
    }

    private DateFacet CountDates(FacetSpec facet, QueryPlan plan, CountedDocuments documents)
    {
        DateCounts counts = columns.Dates.Count(documents, facet.Interval switch
        {
            DateInterval.Auto => null,
            DateInterval.Day => CivilInterval.Day,
            DateInterval.Week => CivilInterval.Week,
            DateInterval.Month => CivilInterval.Month,
            DateInterval.Quarter => CivilInterval.Quarter,
            DateInterval.Year => CivilInterval.Year,
            DateInterval.Decade => CivilInterval.Decade,
            _ => throw new ArgumentException($"unknown interval {facet.Interval}", nameof(facet)),
        });
        long[] archive = _archive.GetOrAdd(counts.Interval, interval => columns.Dates.Days(live, interval)).Count(counts.Edges);
        DateBucket[] buckets = new DateBucket[counts.Counts.Length];
        for (int i = 0; i < buckets.Length; i++)
        {
            DateOnly from = DateOnly.FromDayNumber(counts.Edges[i]);
            int end = counts.Edges[i + 1];
            // The calendar has no day after its last: there the bucket's end is that day itself.
            DateOnly to = end == CivilDay.End ? DateOnly.MaxValue : DateOnly.FromDayNumber(end);
            bool selected = plan.Date?.AnyOf.Contains(new DayRange(from, DateOnly.FromDayNumber(end - 1))) ?? false;
            buckets[i] = new DateBucket(from, to, counts.Counts[i], archive[i], selected);
        }

        return new DateFacet
        {
            Interval = counts.Interval switch
            {
                CivilInterval.Day => DateInterval.Day,
                CivilInterval.Week => DateInterval.Week,
                CivilInterval.Month => DateInterval.Month,
                CivilInterval.Quarter => DateInterval.Quarter,
                CivilInterval.Year => DateInterval.Year,
                _ => DateInterval.Decade,
            },
            Buckets = buckets,
            Imprecise = counts.Imprecise,
            Missing = counts.Missing,
        };
    }
}
