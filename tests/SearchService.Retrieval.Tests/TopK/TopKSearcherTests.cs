using Lucene.Net.Index;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.TopK;

public sealed class TopKSearcherTests : IDisposable
{
    private static readonly TestIndexOptions Options = new() { Seed = 5, Docs = 6000, Vocabulary = 300, MaxLength = 60 };

    private readonly TestIndex _index = new(Options);
    private readonly TopKSearcher _searcher;

    public TopKSearcherTests()
    {
        _searcher = new TopKSearcher(_index.Reader);
    }

    public void Dispose() => _index.Dispose();

    [Fact]
    public void An_index_of_another_codec_is_refused()
    {
        using TestIndex stock = new(Options with { Docs = 10 }, stock: true);
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => new TopKSearcher(stock.Reader));
        Assert.Contains("want postings of RetrievalCodec", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_that_is_used_up_is_told()
    {
        TopKResult result = _searcher.Search(Any(0, 6), new TopKRequest { Budget = TimeSpan.Zero }, default);
        Assert.True(result.TimedOut);
        Assert.False(result.TotalIsExact);
        Assert.False(_searcher.Search(Any(0, 6), new TopKRequest { Budget = TimeSpan.FromMinutes(1) }, default).TimedOut);
        Assert.False(_searcher.Search(Any(0, 6), new TopKRequest { Budget = TimeSpan.MaxValue }, default).TimedOut);
    }

    [Fact]
    public void A_cancelled_search_throws_and_the_searcher_goes_on()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => _searcher.Search(Any(0, 6), new TopKRequest(), source.Token));
        Assert.Equal(10, _searcher.Search(Any(0, 6), new TopKRequest(), default).Hits.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(TopKRequest.MaxHits + 1)]
    public void Hits_out_of_range_are_refused(int hits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _searcher.Search(Any(0, 2), new TopKRequest { Hits = hits }, default));

    [Theory]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_boost_that_no_bound_holds_for_is_refused(float boost)
    {
        foreach (Clause clause in (Clause[])
            [new TermClause("text", "w0", boost), new PhraseClause("text", [new("w0", 0), new("w1", 1)], 0, boost), Any(0, 2) with { Boost = boost }])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => _searcher.Search(clause, new TopKRequest(), default));
        }
    }

    [Fact]
    public void A_set_over_another_reader_is_refused() =>
        Assert.Throws<ArgumentException>(() => _searcher.Search(new SetClause(new DocSet(3)), new TopKRequest(), default));

    /// <summary>Whatever a set had before is gone, also where a search ends before it has looked at a document.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_set_lent_for_the_matches_has_only_these(bool single)
    {
        using TestIndex index = new(Options with { Docs = 500, DocsPerSegment = single ? 1000 : 150 });
        TopKSearcher searcher = new(index.Reader);
        DocSet set = new(searcher.MaxDoc);
        TopKRequest request = new() { Matches = true, MatchesInto = set };
        TermClause frequent = new("text", "w0");
        TermClause absent = new("text", "absent");
        foreach (Clause query in (Clause[])[frequent, new BooleanClause { Must = [frequent, absent] }, frequent, new BooleanClause { Must = [frequent], Filter = [new RangeClause(7, 7)] }, frequent, new RangeClause(3, 90)])
        {
            TopKResult result = searcher.Search(query, request, default);
            Assert.Same(set, result.Matches);
            Assert.Equal(result.Total, set.Count());
            Assert.Equal(searcher.Match(query, default).Words.ToArray(), set.Words.ToArray());
        }
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(1000)]
    public void A_set_lent_where_no_matches_are_wanted_stays_as_it_is(int docsPerSegment)
    {
        using TestIndex index = new(Options with { Docs = 3000, DocsPerSegment = docsPerSegment });
        DocSet set = new(3000);
        set.Add(7);
        TopKResult result = new TopKSearcher(index.Reader).Search(Any(0, 3), new TopKRequest { MatchesInto = set }, default);
        Assert.Equal((10, null, 1), (result.Hits.Count, result.Matches, set.Count()));
    }

    [Fact]
    public void A_capped_total_says_so()
    {
        long exact = _searcher.Count(Any(0, 3), default);
        TopKResult capped = _searcher.Search(Any(0, 3), new TopKRequest { Total = TotalCount.Capped, TotalCap = 50 }, default);
        Assert.Equal((50, false), (capped.Total, capped.TotalIsExact));
        TopKResult below = _searcher.Search(Any(0, 3), new TopKRequest { Total = TotalCount.Capped, TotalCap = 1_000_000 }, default);
        Assert.Equal((exact, true), (below.Total, below.TotalIsExact));
    }

    [Theory]
    [InlineData(99, 99, false)]
    [InlineData(100, 100, false)]
    [InlineData(300, 300, true)]
    public void A_cap_met_at_the_end_of_a_segment_is_no_exact_total(int cap, long total, bool exact)
    {
        using TestIndex index = new(Options with { Docs = 300, DocsPerSegment = 100 });
        TopKResult result = new TopKSearcher(index.Reader).Search(new AllClause(), new TopKRequest { Total = TotalCount.Capped, TotalCap = cap }, default);
        Assert.Equal((total, exact), (result.Total, result.TotalIsExact));
    }

    [Fact]
    public void Without_hits_and_total_nothing_is_told() =>
        Assert.Equal((0, -1, false), _searcher.Search(Any(0, 3), new TopKRequest { Hits = 0 }, default) is { } r ? (r.Hits.Count, r.Total, r.TotalIsExact) : default);

    [Fact]
    public void Everything_matches_all_clause_with_score_zero()
    {
        TopKResult all = _searcher.Search(new AllClause(), new TopKRequest { Total = TotalCount.Exact }, default);
        Assert.Equal(_index.Reader.NumDocs, all.Total);
        Assert.Equal(Enumerable.Range(0, 10).Select(d => new Hit(d, 0)), all.Hits);
    }

    [Fact]
    public void A_term_within_positions_counts_only_those()
    {
        PositionRange range = new(5, 20);
        TopKResult result = _searcher.Search(new TermClause("text", "w1") { Within = range }, new TopKRequest { Hits = 10_000, Total = TotalCount.Exact }, default);
        Assert.Equal(WithinByHand("w1", range), result.Hits.OrderBy(h => h.Doc).Select(h => h.Doc));
        Assert.Equal(result.Hits.Count, result.Total);
        Hit best = result.Hits[0];
        TopKResult alone = _searcher.Search(new TermClause("text", "w1"), new TopKRequest { Hits = 10_000 }, default);
        Assert.True(best.Score <= alone.Hits.Single(h => h.Doc == best.Doc).Score);
    }

    [Fact]
    public void A_phrase_within_positions_is_a_part_of_all_phrases()
    {
        PhraseTerm[] terms = [new("w0", 0), new("w1", 1)];
        DocSet all = _searcher.Match(new PhraseClause("text", terms), default);
        DocSet early = _searcher.Match(new PhraseClause("text", terms) { Within = new PositionRange(0, 10) }, default);
        DocSet late = _searcher.Match(new PhraseClause("text", terms) { Within = new PositionRange(10) }, default);
        Assert.Equal(all.Words.ToArray(), early.Words.ToArray().Zip(late.Words.ToArray(), (a, b) => a | b));
        Assert.InRange(early.Count(), 1, all.Count() - 1);
    }

    [Fact]
    public void A_phrase_in_a_field_without_positions_is_an_error()
    {
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() =>
            _searcher.Search(new PhraseClause("kind", [new("k1", 0), new("k2", 1)]), new TopKRequest(), default));
        Assert.Contains("field 'kind' has no positions", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_nested_without_end_is_refused()
    {
        Clause clause = new TermClause("text", "w1");
        for (int i = 0; i < 100; i++)
        {
            clause = new BooleanClause { Must = [clause, new TermClause("text", "w2")] };
        }

        Assert.Throws<ArgumentException>(() => _searcher.Search(clause, new TopKRequest(), default));
    }

    [Fact]
    public void Searches_of_many_threads_agree()
    {
        Clause[] clauses = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? (Clause)Any(i, 3) : new BooleanClause { Must = [new TermClause("text", $"w{i}"), new TermClause("text", "w0")] })];
        TopKRequest request = new() { Total = TotalCount.Exact };
        TopKResult[] alone = [.. clauses.Select(c => _searcher.Search(c, request, default))];
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            TopKResult result = _searcher.Search(clauses[i % clauses.Length], request, default);
            Assert.Equal(alone[i % clauses.Length].Hits, result.Hits);
            Assert.Equal(alone[i % clauses.Length].Total, result.Total);
        });
    }

    [Fact]
    public void A_search_allocates_little_whatever_it_walks_over()
    {
        Clause[] clauses =
        [
            new TermClause("text", "w1"),
            Any(0, 5),
            new BooleanClause { Must = [new TermClause("text", "w0"), new TermClause("text", "w1"), new TermClause("text", "w2")] },
            new PhraseClause("text", [new("w0", 0), new("w1", 1)]),
        ];
        foreach (Clause clause in clauses)
        {
            TopKRequest request = new();
            _searcher.Search(clause, request, default);
            long before = GC.GetAllocatedBytesForCurrentThread();
            TopKResult result = _searcher.Search(clause, request, default);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(10, result.Hits.Count);
            Assert.True(allocated < 4096, $"{clause} allocated {allocated} bytes");
        }
    }

    [Fact]
    public void A_damaged_index_ends_in_an_exception_or_an_answer()
    {
        string path = Path.Combine(Path.GetTempPath(), "damaged-" + Guid.NewGuid().ToString("N"));
        string source = _index.Directory.FullPath;
        Random random = new(33);
        int failed = 0;
        for (int round = 0; round < 60; round++)
        {
            System.IO.Directory.CreateDirectory(path);
            foreach (string file in System.IO.Directory.GetFiles(source))
            {
                File.Copy(file, Path.Combine(path, Path.GetFileName(file)), overwrite: true);
            }

            string[] ours = System.IO.Directory.GetFiles(path, "*.bp?");
            Damage(ours[random.Next(ours.Length)], random);
            failed += Survives(path) ? 0 : 1;
            System.IO.Directory.Delete(path, recursive: true);
        }

        Assert.InRange(failed, 1, 60);
    }

    private static void Damage(string file, Random random)
    {
        byte[] bytes = File.ReadAllBytes(file);
        for (int i = 0; i < 20; i++)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        File.WriteAllBytes(file, bytes);
    }

    private static bool Survives(string path)
    {
        try
        {
            using Retrieval.Directories.MappedDirectory directory = new(path, Lucene.Net.Store.NoLockFactory.GetNoLockFactory());
            using DirectoryReader reader = DirectoryReader.Open(directory);
            TopKSearcher searcher = new(reader);
            for (int i = 0; i < 40; i++)
            {
                TopKRequest request = new() { Total = i % 2 == 0 ? TotalCount.None : TotalCount.Exact };
                searcher.Search(Any(i, 3), request, default);
                searcher.Search(new PhraseClause("text", [new($"w{i % 5}", 0), new($"w{i}", 1)]), request, default);
                searcher.Search(new BooleanClause { Must = [new TermClause("text", $"w{i}"), new TermClause("text", "w0")] }, request, default);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or OverflowException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private static BooleanClause Any(int first, int count) =>
        new() { Should = [.. Enumerable.Range(first, count).Select(i => new TermClause("text", $"w{i}"))] };

    private List<int> WithinByHand(string word, PositionRange range)
    {
        List<int> docs = [];
        foreach (AtomicReaderContext leaf in _index.Reader.Leaves)
        {
            DocsAndPositionsEnum positions = leaf.AtomicReader.GetTermPositionsEnum(new Term("text", word));
            while (positions.NextDoc() != Lucene.Net.Search.DocIdSetIterator.NO_MORE_DOCS)
            {
                int[] places = [.. Enumerable.Range(0, positions.Freq).Select(_ => positions.NextPosition())];
                if (places.Any(p => p >= range.From && p < range.To))
                {
                    docs.Add(leaf.DocBase + positions.DocID);
                }
            }
        }

        return docs;
    }
}
