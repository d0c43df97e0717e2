using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>What a search that ran out of time has found is of a part of the index, but right.</summary>
public sealed class StoppedSearchTests : IDisposable
{
    // so long that finding the phrase asks for the time on the way
    private readonly TestIndex _index = new(new TestIndexOptions { Seed = 4, Docs = 15_000, DocsPerSegment = 100_000, Vocabulary = 6, MaxLength = 20 });

    public void Dispose() => _index.Dispose();

    [Theory]
    [InlineData(TotalCount.None, false)]
    [InlineData(TotalCount.Exact, false)]
    [InlineData(TotalCount.Exact, true)]
    public void Out_of_time_nothing_excluded_is_found(TotalCount count, bool matches)
    {
        TopKSearcher searcher = new(_index.Reader);
        TopKRequest request = new() { Hits = 100, Total = count, Matches = matches, Budget = TimeSpan.FromTicks(1) };
        PhraseClause excluded = new("text", [new("w0", 0), new("w1", 1)], 3);
        foreach (string[] words in (string[][])[["w0"], ["w0", "w2"]])
        {
            BooleanClause query = new() { Must = [.. words.Select(w => new TermClause("text", w))], MustNot = [excluded] };
            DocSet right = searcher.Match(query, default);
            TopKResult result = searcher.Search(query, request, default);
            Assert.True(result.TimedOut);
            Assert.DoesNotContain(result.Hits, h => !right[h.Doc]);
            Assert.Equal(0, result.Matches is { } found ? found.Words.ToArray().Zip(right.Words.ToArray(), (f, r) => f & ~r).Count(w => w != 0) : 0);
        }
    }

    /// <summary>Where hardly a document matches, the time is asked for on the way to the next.</summary>
    [Fact]
    public void Out_of_time_nobody_looks_on_for_the_next_match()
    {
        TopKSearcher searcher = new(_index.Reader);
        SetClause[] thirds = [.. Enumerable.Range(0, 3).Select(r => Every(3, r))];
        Clause[] queries =
        [
            new PhraseClause("text", [new("w0", 0), new("w1", 100)]),
            new PhraseClause("text", [new("w0", 0), new("w1", 100)], 2),
            new TermClause("text", "w0") { Within = new PositionRange(100) },
            new TermClause("text", "w0") { Beyond = new FieldShare("text", 1) },
            new BooleanClause { Must = thirds },
            new BooleanClause { Should = thirds, MinShouldMatch = 2 },
            new BooleanClause { Must = [new TermClause("text", "w0")], MustNot = [new AllClause()] },
        ];
        foreach (Clause query in queries)
        {
            SearchContext context = new();
            context.Begin(new TopKRequest { Budget = TimeSpan.FromTicks(1) }, default);
            new QueryPreparer(searcher, context).Prepare(query, 1).Open(searcher.Segments[0], context)!.Advance(0);
            Assert.True(context.TimedOut, query.ToString());
        }
    }

    [Fact]
    public void Out_of_time_no_more_terms_are_looked_for()
    {
        using TestIndex index = new(ManyTerms);
        TopKSearcher searcher = new(index.Reader);
        TopKRequest request = new() { Hits = 10, Total = TotalCount.Exact, Budget = TimeSpan.FromTicks(1) };
        PrefixClause all = new("text", "");
        long terms = index.Reader.Leaves.Sum(l => l.AtomicReader.GetTerms("text").Count);
        Assert.InRange(terms, 20_000, int.MaxValue);
        Assert.False(searcher.Search(all, request with { Budget = Timeout.InfiniteTimeSpan }, default).TimedOut);
        Assert.InRange(Allocated(() => Assert.True(searcher.Search(all, request, default).TimedOut)), 0, terms * 100);

        // of what is excluded only a part is known
        TopKResult result = searcher.Search(new BooleanClause { Must = [new AllClause()], MustNot = [all] }, request, default);
        Assert.True(result.TimedOut);
        Assert.Empty(result.Hits);
    }

    [Fact]
    public void A_term_of_a_prefix_takes_room_for_its_own_segment_only()
    {
        using TestIndex index = new(ManyTerms);
        TopKSearcher searcher = new(index.Reader);
        long terms = index.Reader.Leaves.Sum(l => l.AtomicReader.GetTerms("text").Count);
        PrefixClause all = new("text", "");
        searcher.Count(all, default);
        Assert.InRange(Allocated(() => searcher.Count(all, default)), 0, terms * 256);
    }

    private static TestIndexOptions ManyTerms => new() { Seed = 4, Docs = 3_000, DocsPerSegment = 500, Vocabulary = 100_000, MaxLength = 60 };

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private SetClause Every(int step, int first)
    {
        DocSet set = new(_index.Reader.MaxDoc);
        for (int doc = first; doc < set.Length; doc += step)
        {
            set.Add(doc);
        }

        return new SetClause(set);
    }
}
