using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;
using StockBoolean = Lucene.Net.Search.BooleanClause;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>A random query twice: as the engine takes it and as stock Lucene does.</summary>
internal sealed class RandomQueries(Random random, int vocabulary, int maxDoc)
{
    public int Kinds => 16;

    public (Clause Own, Query Stock) Next(int kind) => kind switch
    {
        0 => Term("text"),
        1 => Any(2 + random.Next(3), AnyField()),
        2 => All(2 + random.Next(2), "text"),
        3 => Phrase(2, 0),
        4 => Phrase(3, 0),
        5 => Phrase(2 + random.Next(2), 1 + random.Next(4)),
        6 => Any(5 + random.Next(10), AnyField()),
        7 => All(3 + random.Next(3), "text"),
        8 => RequiredOptional(),
        9 => Excluding(),
        10 => AtLeast(),
        11 => Filtered(Next(random.Next(5))),
        12 => Nested(2),
        13 => Fields(),
        14 => Filtered(Next(random.Next(11))),
        _ => Constant(),
    };

    private string AnyField() => random.Next(4) == 0 ? "title" : "text";

    private string Word() => random.Next(30) == 0 ? "nowhere" : TestIndex.Word(random, vocabulary);

    private float Boost() => random.Next(3) == 0 ? 0.25f * (1 + random.Next(12)) : 1;

    private (Clause Own, Query Stock) Term(string field)
    {
        string word = Word();
        float boost = Boost();
        return (new TermClause(field, word, boost), new TermQuery(new Term(field, word)) { Boost = boost });
    }

    private (Clause Own, Query Stock) Any(int count, string field) =>
        Boolean([.. Enumerable.Range(0, count).Select(_ => (Term(field), Occur.SHOULD))], 0);

    private (Clause Own, Query Stock) All(int count, string field) =>
        Boolean([.. Enumerable.Range(0, count).Select(_ => (Term(field), Occur.MUST))], 0);

    private (Clause Own, Query Stock) Phrase(int count, int slop)
    {
        PhraseQuery stock = new() { Slop = slop, Boost = Boost() };
        List<PhraseTerm> terms = [];
        int place = 0;
        for (int i = 0; i < count; i++)
        {
            string word = Word();
            stock.Add(new Term("text", word), place);
            terms.Add(new PhraseTerm(word, place));
            place += random.Next(6) == 0 ? 2 : 1;
        }

        return (new PhraseClause("text", terms, slop, stock.Boost), stock);
    }

    private (Clause Own, Query Stock) RequiredOptional() => Boolean(
        [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => (Small(), Occur.MUST)), .. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => (Small(), Occur.SHOULD))], 0);

    private (Clause Own, Query Stock) Excluding() => Boolean(
        [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => (Small(), random.Next(2) == 0 ? Occur.MUST : Occur.SHOULD)), (Small(), Occur.MUST_NOT)], 0);

    private (Clause Own, Query Stock) AtLeast()
    {
        int count = 2 + random.Next(5);
        List<((Clause, Query), Occur)> clauses = [.. Enumerable.Range(0, count).Select(_ => (Small(), Occur.SHOULD))];
        if (random.Next(3) == 0)
        {
            clauses.Add((Small(), Occur.MUST));
        }

        if (random.Next(4) == 0)
        {
            clauses.Add((Small(), Occur.MUST_NOT));
        }

        return Boolean(clauses, 1 + random.Next(count));
    }

    private (Clause Own, Query Stock) Small() => random.Next(6) switch
    {
        0 => Phrase(2, 0),
        1 => Any(2, AnyField()),
        _ => Term(AnyField()),
    };

    private (Clause Own, Query Stock) Nested(int depth)
    {
        if (depth == 0)
        {
            return Small();
        }

        List<((Clause, Query), Occur)> clauses = [];
        for (int i = 0; i < 2 + random.Next(2); i++)
        {
            clauses.Add((random.Next(2) == 0 ? Nested(depth - 1) : Small(), random.Next(5) switch { 0 => Occur.MUST, 1 when i > 0 => Occur.MUST_NOT, _ => Occur.SHOULD }));
        }

        return Boolean(clauses, 0);
    }

    private (Clause Own, Query Stock) Fields()
    {
        string word = Word();
        string second = Word();
        return Boolean([(Pair(word), Occur.MUST), (Pair(second), Occur.MUST)], 0);

        (Clause, Query) Pair(string w) => Boolean(
            [((new TermClause("text", w), new TermQuery(new Term("text", w))), Occur.SHOULD), ((new TermClause("title", w, 3), new TermQuery(new Term("title", w)) { Boost = 3 }), Occur.SHOULD)], 0);
    }

    private (Clause Own, Query Stock) Constant()
    {
        (Clause own, Query stock) = Small();
        float score = 0.5f * random.Next(4);
        return Boolean([((new ConstantClause(own, score), new ConstantScoreQuery(stock) { Boost = score }), Occur.SHOULD), (Term("text"), Occur.SHOULD)], 0);
    }

    private (Clause Own, Query Stock) Filtered((Clause Own, Query Stock) inner)
    {
        FixedBitSet bits = new(maxDoc);
        Clause filter;
        switch (random.Next(4))
        {
            case 0:
                int from = random.Next(maxDoc);
                int to = from + random.Next(maxDoc - from + 1);
                bits.Set(from, to);
                filter = new RangeClause(from, to);
                break;
            case 1:
                string kind = "k" + random.Next(5).ToString(System.Globalization.CultureInfo.InvariantCulture);
                Query term = new TermQuery(new Term("kind", kind));
                return (Filter(inner.Own, new TermClause("kind", kind)), new FilteredQuery(inner.Stock, new QueryWrapperFilter(term)));
            case 2:
                Query either = Boolean([((new TermClause("kind", "k1"), new TermQuery(new Term("kind", "k1"))), Occur.SHOULD), ((new TermClause("kind", "k3"), new TermQuery(new Term("kind", "k3"))), Occur.SHOULD)], 0).Stock;
                return (Filter(inner.Own, new AnyTermClause("kind", ["k1"u8.ToArray(), "k3"u8.ToArray()])), new FilteredQuery(inner.Stock, new QueryWrapperFilter(either)));
            default:
                double share = random.NextDouble();
                DocSet set = new(maxDoc);
                for (int i = 0; i < maxDoc; i++)
                {
                    if (random.NextDouble() < share)
                    {
                        set.Add(i);
                        bits.Set(i);
                    }
                }

                filter = new SetClause(set);
                break;
        }

        return (Filter(inner.Own, filter), new FilteredQuery(inner.Stock, new GlobalBits(bits)));
    }

    private static Retrieval.TopK.BooleanClause Filter(Clause inner, Clause filter) => new Retrieval.TopK.BooleanClause { Must = [inner], Filter = [filter] };

    private (Clause Own, Query Stock) Boolean(List<((Clause Own, Query Stock) Clause, Occur Occur)> clauses, int least)
    {
        BooleanQuery stock = new() { MinimumNumberShouldMatch = least, Boost = random.Next(5) == 0 ? 1.5f : 1 };
        foreach (((Clause _, Query query), Occur occur) in clauses)
        {
            stock.Add(new StockBoolean(query, occur));
        }

        Retrieval.TopK.BooleanClause own = new()
        {
            Must = [.. clauses.Where(c => c.Occur == Occur.MUST).Select(c => c.Clause.Own)],
            Should = [.. clauses.Where(c => c.Occur == Occur.SHOULD).Select(c => c.Clause.Own)],
            MustNot = [.. clauses.Where(c => c.Occur == Occur.MUST_NOT).Select(c => c.Clause.Own)],
            MinShouldMatch = least,
            Boost = stock.Boost,
        };
        return (own, stock);
    }

    /// <summary>A set over the whole reader as a stock filter.</summary>
    private sealed class GlobalBits(FixedBitSet bits) : Filter
    {
        public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits acceptDocs)
        {
            FixedBitSet local = new(context.AtomicReader.MaxDoc);
            for (int i = 0; i < local.Length; i++)
            {
                if (bits.Get(context.DocBase + i) && (acceptDocs is null || acceptDocs.Get(i)))
                {
                    local.Set(i);
                }
            }

            return local;
        }
    }
}
