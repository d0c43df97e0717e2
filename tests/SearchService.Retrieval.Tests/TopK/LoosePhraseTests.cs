using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;
using TopKSearcher = SearchService.Retrieval.TopK.TopKSearcher;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>
/// Loose phrases against stock <see cref="IndexSearcher"/>, bit by bit: few words, so that they are repeated in phrases and documents, gaps and several terms at
/// one place, slop from little to more than a document has, deletes, several segments.
/// </summary>
public sealed class LoosePhraseTests
{
    private const int PhrasesPerIndex = 500;

    private const int OthersPerIndex = 80;

    private static readonly int[] Slops = [1, 1, 2, 2, 3, 3, 4, 5, 7, 10, 20, 64, 1000, int.MaxValue / 2];

    // documents, words, longest document, share of deletes, documents a segment
    public static TheoryData<int, int, int, double, int> Indexes => new()
    {
        { 150, 2, 12, 0, 40 },
        { 300, 3, 40, 0.3, 70 },
        { 900, 4, 9, 0.1, 1000 },
        { 700, 6, 25, 0.2, 1000 },
        { 120, 8, 400, 0, 90 },
        { 2500, 30, 30, 0, 2500 },
        { 1500, 60, 120, 0.1, 1100 },
    };

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Hits_and_totals_equal_stock_Lucene(int docs, int vocabulary, int longest, double deletes, int segment)
    {
        using TestIndex index = new(new TestIndexOptions { Seed = docs, Docs = docs, Vocabulary = vocabulary, MaxLength = longest, DeleteShare = deletes, DocsPerSegment = segment });
        IndexSearcher stock = new(index.Reader) { Similarity = new Bm25() };
        TopKSearcher own = new(index.Reader);
        Random random = new(docs);
        for (int i = 0; i < PhrasesPerIndex; i++)
        {
            PhraseClause clause = Phrase(random, vocabulary);
            PhraseQuery query = Stock(clause);
            int depth = random.Next(3) switch { 0 => 3, 1 => 10, _ => docs };
            TopDocs expected = stock.Search(query, depth);
            string about = $"{query} (phrase {i})";
            OracleTests.Equal(expected.ScoreDocs, own.Search(clause, new TopKRequest { Hits = depth }, default).Hits, about);
            TopKResult counted = own.Search(clause, new TopKRequest { Hits = depth, Total = TotalCount.Exact, Matches = i % 2 == 0 }, default);
            OracleTests.Equal(expected.ScoreDocs, counted.Hits, "counted " + about);
            Assert.True(expected.TotalHits == counted.Total, $"{about}: {counted.Total} found, want {expected.TotalHits}");
            if (counted.Matches is { } matches)
            {
                IEnumerable<int> all = stock.Search(query, docs).ScoreDocs.Select(d => d.Doc).Order();
                Assert.Equal(all, Enumerable.Range(0, matches.Length).Where(d => matches[d]));
            }

            if (expected.ScoreDocs.Length > 1)
            {
                ScoreDoc after = expected.ScoreDocs[random.Next(expected.ScoreDocs.Length)];
                TopKResult page = own.Search(clause, new TopKRequest { Hits = depth, After = new Hit(after.Doc, after.Score) }, default);
                OracleTests.Equal(stock.SearchAfter(after, query, depth).ScoreDocs, page.Hits, "continued " + about);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Only_terms_at_given_positions_count(int docs, int vocabulary, int longest, double deletes, int segment)
    {
        using TestIndex index = new(new TestIndexOptions { Seed = docs, Docs = docs, Vocabulary = vocabulary, MaxLength = longest, DeleteShare = deletes, DocsPerSegment = segment });
        TopKSearcher own = new(index.Reader);
        Random random = new(docs + 1);
        for (int i = 0; i < OthersPerIndex; i++)
        {
            int from = random.Next(longest / 2);
            PositionRange range = new(from, random.Next(2) == 0 ? int.MaxValue : from + random.Next(longest));
            PhraseClause clause = Phrase(random, vocabulary) with { Within = range };
            PhraseQuery query = Stock(clause);
            TopDocs expected = new RangedReader(index.Reader, range).Searcher().Search(query, docs);
            TopKResult counted = own.Search(clause, new TopKRequest { Hits = docs, Total = TotalCount.Exact }, default);
            OracleTests.Equal(expected.ScoreDocs, counted.Hits, $"{query} within {range}");
            OracleTests.Equal([.. expected.ScoreDocs.Take(5)], own.Search(clause, new TopKRequest { Hits = 5 }, default).Hits, $"best of {query} within {range}");
            Assert.Equal(expected.TotalHits, counted.Total);
        }
    }

    /// <summary>The part of a boolean that stock Lucene would lead with decides which float sums come first, so that the estimated cost counts too.</summary>
    [Theory]
    [MemberData(nameof(Indexes))]
    public void Parts_of_combinations_are_those_of_stock_Lucene(int docs, int vocabulary, int longest, double deletes, int segment)
    {
        using TestIndex index = new(new TestIndexOptions { Seed = docs, Docs = docs, Vocabulary = vocabulary, MaxLength = longest, DeleteShare = deletes, DocsPerSegment = segment });
        IndexSearcher stock = new(index.Reader) { Similarity = new Bm25() };
        TopKSearcher own = new(index.Reader);
        Random random = new(docs + 2);
        for (int i = 0; i < OthersPerIndex; i++)
        {
            // with more terms what Lucene counts could depend on where the other parts of the query lead it first
            PhraseClause phrase = Phrase(random, vocabulary);
            phrase = phrase with { Terms = [.. phrase.Terms.Take(3).DistinctBy(t => t.Position)] };
            (TermClause one, TermClause two) = (new("text", TestIndex.Word(random, vocabulary)), new("text", TestIndex.Word(random, vocabulary)));
            Occur occur = (Occur)random.Next(2);
            BooleanQuery query = new(disableCoord: true)
            {
                { Stock(phrase), occur },
                { new TermQuery(new Term("text", new Lucene.Net.Util.BytesRef(one.Term.ToArray()))), occur },
                { new TermQuery(new Term("text", new Lucene.Net.Util.BytesRef(two.Term.ToArray()))), Occur.MUST },
            };
            Retrieval.TopK.BooleanClause clause = occur == Occur.MUST
                ? new Retrieval.TopK.BooleanClause { Must = [phrase, one, two] }
                : new Retrieval.TopK.BooleanClause { Must = [two], Should = [phrase, one] };
            TopDocs expected = stock.Search(query, 10);
            TopKResult counted = own.Search(clause, new TopKRequest { Hits = 10, Total = TotalCount.Exact }, default);
            OracleTests.Equal(expected.ScoreDocs, own.Search(clause, new TopKRequest { Hits = 10 }, default).Hits, $"{query}");
            OracleTests.Equal(expected.ScoreDocs, counted.Hits, $"counted {query}");
            Assert.Equal(expected.TotalHits, counted.Total);
        }
    }

    [Fact]
    public void Explain_prints_the_slop_and_the_score()
    {
        using TestIndex index = new(new TestIndexOptions { Docs = 300, Vocabulary = 5, MaxLength = 9 });
        TopKSearcher own = new(index.Reader);
        PhraseClause clause = new("text", [new("w0", 0), new("w1", 1)], 4);
        Hit best = own.Search(clause, new TopKRequest(), default).Hits[0];
        string expected = FormattableString.Invariant($"{best.Score} = text:\"w0 w1\"~4: idf(");
        Assert.StartsWith(expected, own.Explain(clause, best.Doc, default), StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_slop_is_refused()
    {
        using TestIndex index = new(new TestIndexOptions { Docs = 3, Vocabulary = 3, MaxLength = 5 });
        PhraseClause clause = new("text", [new("w0", 0), new("w1", 1)], -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopKSearcher(index.Reader).Search(clause, new TopKRequest(), default));
    }

    private static PhraseQuery Stock(PhraseClause clause)
    {
        PhraseQuery query = new() { Slop = clause.Slop, Boost = clause.Boost };
        foreach (PhraseTerm term in clause.Terms)
        {
            query.Add(new Term(clause.Field, System.Text.Encoding.UTF8.GetString(term.Term.Span)), term.Position);
        }

        return query;
    }

    private static PhraseClause Phrase(Random random, int vocabulary)
    {
        int count = 2 + random.Next(random.Next(3) == 0 ? 6 : 3);
        PhraseTerm[] terms = new PhraseTerm[count];
        int place = 0;
        for (int i = 0; i < count; i++)
        {
            bool again = i > 0 && random.Next(4) == 0;
            terms[i] = again ? terms[random.Next(i)] with { Position = place } : new PhraseTerm(TestIndex.Word(random, vocabulary), place);
            place = Math.Max(0, place + (random.Next(10) switch { 0 => 3, 1 => 0, 2 => -1, 3 => 2, _ => 1 }));
        }

        int first = terms.Min(t => t.Position);
        return new PhraseClause("text", [.. terms.Select(t => t with { Position = t.Position - first })], Slops[random.Next(Slops.Length)], random.Next(3) == 0 ? 0.5f : 1);
    }
}
