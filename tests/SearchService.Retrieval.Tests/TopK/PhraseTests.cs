using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;
using TopKSearcher = SearchService.Retrieval.TopK.TopKSearcher;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>
/// Exact phrases against stock <see cref="IndexSearcher"/> and against positions looked at one by one: terms that a document has thousands of times,
/// terms that a phrase has twice, gaps, several terms at one place, deletes, ranges of documents.
/// </summary>
public sealed class PhraseTests
{
    private const int PhrasesPerIndex = 150;

    // documents, words, longest document, share of deletes
    public static TheoryData<int, int, int, double> Indexes => new()
    {
        { 60, 2, 12_000, 0 },
        { 300, 12, 900, 0.1 },
        { 2000, 40, 60, 0 },
        { 3000, 400, 80, 0.3 },
    };

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Hits_totals_and_places_are_the_true_ones(int docs, int vocabulary, int longest, double deletes)
    {
        using TestIndex index = new(new TestIndexOptions { Seed = docs, Docs = docs, Vocabulary = vocabulary, MaxLength = longest, DeleteShare = deletes, DocsPerSegment = (docs / 2) + 7 });
        IndexSearcher stock = new(index.Reader) { Similarity = new Bm25() };
        TopKSearcher own = new(index.Reader);
        Random random = new(docs);
        for (int i = 0; i < PhrasesPerIndex; i++)
        {
            PhraseTerm[] terms = Terms(random, vocabulary);
            PhraseQuery query = [];
            foreach (PhraseTerm term in terms)
            {
                query.Add(new Term("text", System.Text.Encoding.UTF8.GetString(term.Term.Span)), term.Position);
            }

            PhraseClause clause = new("text", terms);
            int depth = random.Next(2) == 0 ? 10 : docs;
            TopDocs expected = stock.Search(query, depth);
            TopKResult counted = own.Search(clause, new TopKRequest { Hits = depth, Total = TotalCount.Exact, Matches = true }, default);
            Assert.Equal(expected.ScoreDocs.Select(d => new Hit(d.Doc, d.Score)), own.Search(clause, new TopKRequest { Hits = depth }, default).Hits);
            Assert.Equal(expected.ScoreDocs.Select(d => new Hit(d.Doc, d.Score)), counted.Hits);
            Assert.Equal(expected.TotalHits, counted.Total);
            if (i % 5 == 0)
            {
                PositionRange range = new(random.Next(longest / 2), random.Next(longest));
                Assert.Equal(Within(index.Reader, terms, range), Documents(own.Search(clause with { Within = range }, new TopKRequest { Hits = docs }, default)));

                int from = random.Next(docs);
                RangeClause between = new(from, from + (docs / 3));
                Retrieval.TopK.BooleanClause filtered = new() { Must = [clause], Filter = [between] };
                IEnumerable<int> inside = stock.Search(query, docs).ScoreDocs.Select(d => d.Doc).Where(d => d >= between.From && d < between.To).Order();
                Assert.Equal(inside, Documents(own.Search(filtered, new TopKRequest { Hits = docs }, default)));
            }
        }
    }

    private static PhraseTerm[] Terms(Random random, int vocabulary)
    {
        int count = 2 + (random.Next(3) == 0 ? random.Next(4) : 0);
        PhraseTerm[] terms = new PhraseTerm[count];
        int place = random.Next(3);
        for (int i = 0; i < count; i++)
        {
            bool again = i > 0 && random.Next(5) == 0;
            terms[i] = again ? terms[i - 1] with { Position = place } : new PhraseTerm(TestIndex.Word(random, vocabulary), place);
            place = Math.Max(0, place + (random.Next(8) switch { 0 => 3, 1 => 0, 2 => -1, _ => 1 }));
        }

        // stock Lucene does not find a phrase that begins behind place 0 at a text's beginning
        int first = terms.Min(t => t.Position);
        return [.. terms.Select(t => t with { Position = t.Position - first })];
    }

    private static IEnumerable<int> Documents(TopKResult result) => result.Hits.Select(h => h.Doc).Order();

    /// <summary>Documents with a phrase that begins within a range: all terms' positions, each moved back by the term's place, have one in common there.</summary>
    private static List<int> Within(DirectoryReader reader, PhraseTerm[] terms, PositionRange range)
    {
        int first = terms.Min(t => t.Position);
        List<int> found = [];
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            Dictionary<int, HashSet<int>>? common = null;
            foreach (PhraseTerm term in terms)
            {
                Dictionary<int, HashSet<int>> here = Positions(leaf.AtomicReader, term, term.Position - first);
                common = common is null ? here : common.Where(c => here.ContainsKey(c.Key)).ToDictionary(c => c.Key, c => c.Value.Intersect(here[c.Key]).ToHashSet());
            }

            found.AddRange(common!.Where(c => c.Value.Any(p => p >= range.From && p < range.To)).Select(c => leaf.DocBase + c.Key));
        }

        return [.. found.Order()];
    }

    private static Dictionary<int, HashSet<int>> Positions(AtomicReader reader, PhraseTerm term, int place)
    {
        Dictionary<int, HashSet<int>> positions = [];
        DocsAndPositionsEnum? docs = reader.GetTermPositionsEnum(new Term("text", new Lucene.Net.Util.BytesRef(term.Term.ToArray())));
        while (docs is not null && docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            if (reader.LiveDocs is null || reader.LiveDocs.Get(docs.DocID))
            {
                positions[docs.DocID] = [.. Enumerable.Range(0, docs.Freq).Select(_ => docs.NextPosition() - place)];
            }
        }

        return positions;
    }
}
