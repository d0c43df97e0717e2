using System.Collections.Concurrent;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.TopK;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// One commit, open: reader, searcher and columns. Everything a search needs is opened and loaded at once, so the files may
/// be removed under it. Thread-safe; closed by its last user.
/// </summary>
internal sealed class EmbeddedSnapshot : IArticleSnapshot
{
    /// <summary>Counts kept, so that paging and clicking facets do not count the same query again.</summary>
    private const int MaxKeptCounts = 1_000;

    private static readonly HashSet<string> StoredFields = [IndexFields.Article];

    private readonly DirectoryReader _reader;
    private readonly ArticleCompression _compression;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Opens a commit; reader and compression are the snapshot's from here on.</summary>
    public EmbeddedSnapshot(
        DirectoryReader reader, CommitId commit, GenerationManifest manifest, ArticleCompression compression, SegmentColumns columns, TimeProvider time)
    {
        _compression = compression;
        _reader = reader;
        _time = time;
        Commit = commit;
        Manifest = manifest;
        Segments = [.. reader.Leaves];
        Searcher = new TopKSearcher(reader);
        Sets = new SegmentSets(Segments, reader.MaxDoc);
        Columns = new SnapshotColumns(Segments, columns);
        Filters = new PlanFilters(Columns, Segments);
        Live = [.. Segments.Select(s => LiveOf(s.AtomicReader))];
        HasDeletions = reader.HasDeletions;
        Facets = new PlanFacets(Columns, Live);
    }

    public CommitId Commit { get; }

    public GenerationManifest Manifest { get; }

    public long Articles => _reader.NumDocs;

    public IReadOnlyList<AtomicReaderContext> Segments { get; }

    public IndexReader Reader => _reader;

    public TopKSearcher Searcher { get; }

    public SegmentSets Sets { get; }

    public SnapshotColumns Columns { get; }

    public PlanFilters Filters { get; }

    public PlanFacets Facets { get; }

    /// <summary>Documents that are not deleted, one set a segment. Not to be changed.</summary>
    public IReadOnlyList<DocBits> Live { get; }

    public bool HasDeletions { get; }

    /// <summary>Bytes held by columns and dictionaries.</summary>
    public long MemoryBytes => Columns.Bytes + Live.Sum(l => l.Bytes);

    public ValueTask<long?> CountAsync(PlanNode query, TimeSpan budget, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(query is MatchAllNode ? Articles : Count(query, new SearchBudget(_time, budget, cancellationToken)));
    }

    public ValueTask<SearchResults> SearchAsync(QueryPlan plan, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Search(plan, cancellationToken));

    public ValueTask<Article?> GetAsync(ArticleId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Get(id));
    }

    /// <summary>Searches on the caller's thread: nothing here waits.</summary>
    public SearchResults Search(QueryPlan plan, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plan.Size);
        cancellationToken.ThrowIfCancellationRequested();
        return new PlanSearch(this, plan, new SearchBudget(_time, plan.Budget, cancellationToken)).Run();
    }

    /// <summary>The article of an id, or null.</summary>
    public Article? Get(ArticleId id)
    {
        Term term = new(IndexFields.Id, id.Value);
        foreach (AtomicReaderContext segment in Segments)
        {
            DocsEnum? docs = segment.AtomicReader.GetTermDocsEnum(term);
            int doc = docs?.NextDoc() ?? DocIdSetIterator.NO_MORE_DOCS;
            if (doc != DocIdSetIterator.NO_MORE_DOCS)
            {
                return Article(segment.DocBase + doc);
            }
        }

        return null;
    }

    /// <summary>The article of a document.</summary>
    public Article Article(int document) => ArticleJson.Deserialize(Stored(document));

    /// <summary>The stored form of a document's article.</summary>
    public ReadOnlySpan<byte> Stored(int document)
    {
        DocumentStoredFieldVisitor visitor = new(StoredFields);
        _reader.Document(document, visitor);
        BytesRef stored = visitor.Document.GetBinaryValue(IndexFields.Article);
        return _compression.Decompress(stored.Bytes.AsSpan(stored.Offset, stored.Length));
    }

    public void Dispose()
    {
        _reader.Dispose();
        _compression.Dispose();
    }

    private long? Count(PlanNode query, SearchBudget budget)
    {
        string key = PlanKey.Of(query);
        if (_counts.TryGetValue(key, out long kept))
        {
            return kept;
        }

        if (new PlanSearch(this, new QueryPlan { Query = query }, budget).Count() is not { } count)
        {
            return null;
        }

        if (_counts.Count >= MaxKeptCounts)
        {
            _counts.Clear();
        }

        return _counts[key] = count;
    }

    private static DocBits LiveOf(AtomicReader reader)
    {
        DocBits live = DocBits.All(reader.MaxDoc);
        for (int doc = 0; reader.LiveDocs is { } bits && doc < reader.MaxDoc; doc++)
        {
            if (!bits.Get(doc))
            {
                live.Remove(doc);
            }
        }

        return live;
    }
}
