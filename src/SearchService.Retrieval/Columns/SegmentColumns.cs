using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// Columns by segment: each is loaded once and lives as long as the segment is open in any reader, so that a reader
/// opened again after a commit loads only what is new. Thread-safe.
/// </summary>
public sealed class SegmentColumns
{
    private readonly ConditionalWeakTable<object, Dictionary<string, object>> _segments = [];

    /// <summary>The exact values of a field in one segment.</summary>
    public ValueColumn Values(AtomicReader reader, string field) => (ValueColumn)Get(reader, field, ValueColumn.Load);

    /// <summary>The dates of one segment.</summary>
    public DateColumn Dates(AtomicReader reader, string field) => (DateColumn)Get(reader, field, DateColumn.Load);

    private object Get(AtomicReader reader, string field, Func<AtomicReader, string, object> load)
    {
        Dictionary<string, object> columns = _segments.GetValue(reader.CoreCacheKey, _ => new Dictionary<string, object>(StringComparer.Ordinal));
        lock (columns)
        {
            if (!columns.TryGetValue(field, out object? column))
            {
                column = load(reader, field);
                columns.Add(field, column);
            }

            return column;
        }
    }
}
