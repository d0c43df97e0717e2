using System.Collections.Frozen;
using Lucene.Net.Index;
using SearchService.Archive.Articles;
using SearchService.Retrieval.Columns;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>All columns of one commit: a value field each for the fields with values, and the dates. Thread-safe.</summary>
internal sealed class SnapshotColumns
{
    private readonly FrozenDictionary<ArticleField, ValueField> _values;

    public SnapshotColumns(IReadOnlyList<AtomicReaderContext> segments, SegmentColumns loaded)
    {
        Dates = new DateField([.. segments.Select(s => loaded.Dates(s.AtomicReader, IndexFields.Date))]);
        _values = ArticleSchema.ValueFields.ToFrozenDictionary(
            field => field,
            field => new ValueField([.. segments.Select(s => loaded.Values(s.AtomicReader, IndexFields.Values(field)))], field.HasCodes ? WithName : null));
    }

    /// <summary>Who looks for "uni" means United States, whose value is US.</summary>
    private static string WithName(string code) => CountryNames.NameOf(code) is { } name ? $"{name} {code}" : code;

    public DateField Dates { get; }

    /// <summary>Bytes held.</summary>
    public long Bytes => Dates.Bytes + _values.Values.Sum(v => v.Bytes);

    /// <exception cref="ArgumentException">The field has no values.</exception>
    public ValueField Values(ArticleField field) =>
        _values.TryGetValue(field, out ValueField? values) ? values : throw new ArgumentException($"field '{field.Name}' has no values", nameof(field));
}
