using System.Globalization;
using System.Text;
using Lucene.Net.Index;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>Beginnings of words, occurrences beyond another field's, and explanations: against postings read one by one.</summary>
public sealed class PrefixClauseTests : IDisposable
{
    private readonly TestIndex _index = new(new TestIndexOptions { Seed = 8, Docs = 3000, Vocabulary = 400, MaxLength = 40, DocsPerSegment = 1100, DeleteShare = 0.1 });
    private readonly TopKSearcher _searcher;

    public PrefixClauseTests() => _searcher = new TopKSearcher(_index.Reader);

    public void Dispose() => _index.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("w")]
    [InlineData("w1")]
    [InlineData("w13")]
    [InlineData("w399")]
    [InlineData("a")]
    [InlineData("x")]
    public void A_prefix_matches_every_term_that_begins_so(string prefix)
    {
        SortedSet<int> expected = [.. Postings("text", prefix).Select(p => p.Doc)];
        TopKResult result = _searcher.Search(new PrefixClause("text", prefix, 2.5f), new TopKRequest { Hits = 10_000, Total = TotalCount.Exact, Matches = true }, default);
        Assert.Equal(expected, result.Hits.Select(h => h.Doc));
        Assert.All(result.Hits, h => Assert.Equal(2.5f, h.Score));
        Assert.Equal(expected.Count, result.Total);
        Assert.Equal(expected.Count, result.Matches!.Count());
        Assert.Equal(0, _searcher.Count(new PrefixClause("none", prefix), default));
    }

    [Theory]
    [InlineData("w")]
    [InlineData("w1")]
    [InlineData("w13")]
    public void A_prefix_beyond_a_field_matches_where_some_term_is_more_frequent(string prefix)
    {
        SortedSet<int> expected = [.. Beyond(prefix).Select(p => p.Doc)];
        PrefixClause clause = new("text", prefix, 1) { Beyond = new FieldShare("title", 1) };
        Assert.Equal(expected, _searcher.Search(clause, new TopKRequest { Hits = 10_000 }, default).Hits.Select(h => h.Doc));
        Assert.Equal(expected.Count, _searcher.Count(clause, default));
        Assert.Equal(expected.Count, _searcher.Count(new BooleanClause { Filter = [clause] }, default));
    }

    [Theory]
    [InlineData("w0")]
    [InlineData("w1")]
    [InlineData("w40")]
    [InlineData("w300")]
    public void A_term_beyond_a_field_counts_what_is_left_of_its_frequency(string term)
    {
        Dictionary<int, int> expected = Beyond(term).Where(p => p.Term == term).ToDictionary(p => p.Doc, p => p.Freq);
        TermClause clause = new("text", term) { Beyond = new FieldShare("title", 1) };
        TopKResult result = _searcher.Search(clause, new TopKRequest { Hits = 10_000, Total = TotalCount.Exact }, default);
        Assert.Equal(expected.Keys.Order(), result.Hits.Select(h => h.Doc).Order());
        Assert.Equal(expected.Count, result.Total);
        Assert.Equal(expected.Count, _searcher.Count(new BooleanClause { Filter = [clause] }, default));
        foreach (Hit hit in _searcher.Search(new TermClause("text", term), new TopKRequest { Hits = 10_000 }, default).Hits)
        {
            int all = Postings("text", term).Single(p => p.Term == term && p.Doc == hit.Doc).Freq;
            float? left = result.Hits.Where(h => h.Doc == hit.Doc).Select(h => (float?)h.Score).SingleOrDefault();
            Assert.True(expected.GetValueOrDefault(hit.Doc) == all ? left == hit.Score : left is null || left < hit.Score);
        }
    }

    [Fact]
    public void A_term_beyond_a_field_and_within_positions_is_refused() =>
        Assert.Throws<ArgumentException>(void () =>
            _searcher.Count(new TermClause("text", "w1") { Beyond = new FieldShare("title", 1), Within = new PositionRange(1) }, default));

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    public void An_explanation_has_the_scores_of_the_whole_and_of_its_parts(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        TermClause one = new("text", "w1");
        TermClause other = new("text", "w2", 3) { Within = new PositionRange(4) };
        BooleanClause both = new() { Must = [one, other], MustNot = [new TermClause("title", "w1")] };
        Hit hit = _searcher.Search(both, new TopKRequest(), default).Hits[0];
        string[] lines = _searcher.Explain(both, hit.Doc, default).TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Equal(FormattableString.Invariant($"{hit.Score} = sum of:"), lines[0]);
        int docFreq = _index.Reader.DocFreq(new Term("text", "w1"));
        Assert.Contains(FormattableString.Invariant($" = text:w1: idf(docFreq={docFreq}, maxDocs={_index.Reader.MaxDoc}) = "), lines[1], StringComparison.Ordinal);
        Assert.Contains(" = text:w2 from position 4: idf(", lines[2], StringComparison.Ordinal);
        Assert.Equal("  no match = not title:w1", lines[3]);
        float sum = lines[1..3].Sum(l => float.Parse(l.Split('=')[0], CultureInfo.InvariantCulture));
        Assert.Equal(hit.Score, sum, 1e-4f);
        Assert.Throws<ArgumentOutOfRangeException>(void () => _searcher.Explain(both, _searcher.MaxDoc, default));
    }

    private IEnumerable<(string Term, int Doc, int Freq)> Beyond(string prefix)
    {
        Dictionary<(string, int), int> titles = Postings("title", prefix).ToDictionary(p => (p.Term, p.Doc), p => p.Freq);
        return Postings("text", prefix)
            .Select(p => (p.Term, p.Doc, Freq: p.Freq - titles.GetValueOrDefault((p.Term, p.Doc))))
            .Where(p => p.Freq > 0);
    }

    private List<(string Term, int Doc, int Freq)> Postings(string field, string prefix)
    {
        List<(string, int, int)> postings = [];
        foreach (AtomicReaderContext leaf in _index.Reader.Leaves)
        {
            TermsEnum terms = leaf.AtomicReader.GetTerms(field).GetEnumerator();
            while (terms.MoveNext())
            {
                string term = Encoding.UTF8.GetString(terms.Term.Bytes, terms.Term.Offset, terms.Term.Length);
                DocsEnum docs = terms.Docs(leaf.AtomicReader.LiveDocs, null);
                while (term.StartsWith(prefix, StringComparison.Ordinal) && docs.NextDoc() != Lucene.Net.Search.DocIdSetIterator.NO_MORE_DOCS)
                {
                    postings.Add((term, leaf.DocBase + docs.DocID, docs.Freq));
                }
            }
        }

        return postings;
    }
}
