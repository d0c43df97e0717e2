using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// Finds the best documents of an index written with <see cref="RetrievalCodec"/> and <see cref="Bm25"/>: exactly the documents, order and scores of
/// stock <see cref="IndexSearcher"/>, without looking at what cannot be among them.
/// </summary>
/// <remarks>
/// Made once a reader and shared by all threads. It does not own the reader: hold a reference (<c>IncRef</c>) for the length of a search. The memory
/// of a reader that is closed
/// under a running search stays until the search is done.
/// </remarks>
public sealed class TopKSearcher
{
    private readonly ConcurrentDictionary<string, FieldStatistics> _statistics = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<SearchContext> _contexts = [];
    private SearchContext? _spare;
    private FieldStatistics? _recent;

    /// <exception cref="ArgumentException">A segment was written by another codec.</exception>
    public TopKSearcher(IndexReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Reader = reader;
        MaxDoc = reader.MaxDoc;
        Segments = [.. reader.Leaves.Select((leaf, i) => new SegmentView(leaf, i))];
    }

    public IndexReader Reader { get; }

    /// <summary>Documents, deleted ones included.</summary>
    public int MaxDoc { get; }

    internal SegmentView[] Segments { get; }

    /// <summary>Searches.</summary>
    /// <exception cref="ArgumentException">The request is out of its ranges, or the query is malformed.</exception>
    /// <exception cref="InvalidOperationException">A phrase in a field without positions.</exception>
    /// <exception cref="CorruptIndexException">The index is damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; asked every few thousand documents.</exception>
    public TopKResult Search(Clause query, TopKRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfNegative(request.Hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Hits, TopKRequest.MaxHits);
        if (request.MatchesInto is { } into && into.Length != MaxDoc)
        {
            throw new ArgumentException($"the set for the matches is over {into.Length} documents, want {MaxDoc}", nameof(request));
        }

        SearchContext context = Rent();
        context.Begin(request, cancellationToken);
        QueryShape shape = new(new QueryPreparer(this, context).Prepare(query, 1));
        SearchRun run = new(this, shape, request, context);
        run.Execute();
        TopKResult result = run.Result();
        Return(context);
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Number of documents that match, exact.</summary>
    public long Count(Clause query, CancellationToken cancellationToken) =>
        Search(query, new TopKRequest { Hits = 0, Total = TotalCount.Exact }, cancellationToken).Total;

    /// <summary>The documents that match.</summary>
    public DocSet Match(Clause query, CancellationToken cancellationToken) =>
        Search(query, new TopKRequest { Hits = 0, Total = TotalCount.Exact, Matches = true }, cancellationToken).Matches!;

    /// <summary>How a document's score comes about, line by line, parts indented below their sum. Numbers are printed in the invariant culture.</summary>
    /// <param name="doc">The document, numbered as in the whole reader.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such document.</exception>
    public string Explain(Clause query, int doc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)doc, (uint)MaxDoc);
        SearchContext context = Rent();
        context.Begin(new TopKRequest { Hits = 0 }, cancellationToken);
        SegmentView segment = Segments.Last(s => s.DocBase <= doc);
        string explanation = new ScoreExplainer(this, segment, doc - segment.DocBase, context).Explain(query);
        Return(context);
        GC.KeepAlive(this);
        return explanation;
    }

    internal FieldStatistics Statistics(string field)
    {
        // mostly one field is asked for, by the same string
        if (_recent is { } recent && ReferenceEquals(recent.Field, field))
        {
            return recent;
        }

        return _recent = _statistics.GetOrAdd(field, static (name, searcher) => new FieldStatistics(name, searcher.Segments, searcher.MaxDoc), this);
    }

    // most of the time one search runs at a time, and the slot is cheaper than the bag
    private SearchContext Rent() =>
        Interlocked.Exchange(ref _spare, null) is { } spare ? spare : _contexts.TryTake(out SearchContext? context) ? context : new SearchContext();

    private void Return(SearchContext context)
    {
        if (Interlocked.Exchange(ref _spare, context) is { } other)
        {
            _contexts.Add(other);
        }
    }
}
