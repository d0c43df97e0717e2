using Lucene.Net.Index;
using Lucene.Net.Search;
using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;

namespace SearchService.Archive.Tests.Backends.Embedded.Stock;

/// <summary>Turns a plan's query into Lucene's queries. What is in the plan scores by BM25; values and dates score 0, prefixes 1.</summary>
/// <remarks>
/// A word or phrase without any letter or digit asks for nothing and is left out, so that "R &amp; D" finds what "R D" does;
/// a query of nothing else matches nothing.
/// </remarks>
/// <param name="filters">Where values and dates are looked up.</param>
internal sealed class StockCompiler(PlanFilters filters)
{
    /// <summary>Deepest nesting; the query language allows far less.</summary>
    private const int MaxDepth = 64;

    /// <summary>The query, or null where it asks for nothing and so matches nothing.</summary>
    /// <exception cref="ArgumentException">A field without words is searched by word, or the tree is too deep.</exception>
    public Query? Compile(PlanNode node) => Compile(node, 0);

    private Query? Compile(PlanNode node, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentException($"query nested deeper than {MaxDepth}", nameof(node));
        }

        return node switch
        {
            MatchAllNode => NoScore(new MatchAllDocsQuery()),
            MatchNoneNode => new BooleanQuery(),
            WordNode word => Phrase(word.Field, QueryAnalysis.Terms(word.Field, word.Word), 0, word.Boost),
            PhraseNode phrase => Phrase(phrase.Field, QueryAnalysis.Terms(phrase.Field, phrase.Words), phrase.Slop, phrase.Boost),
            PrefixNode prefix => Prefix(prefix),
            ValueNode value => NoScore(new SegmentFilter(segment => filters.Value(segment, value.Field, value.Value), node.ToString())),
            DateNode date => NoScore(new SegmentFilter(segment => filters.Dates(segment, date.Range), node.ToString())),
            AndNode and => And(and.Nodes, depth),
            OrNode or => Or(or.Nodes, depth),
            NotNode not => Compile(not.Node, depth + 1) is { } query ? And([], [query]) : null,
            _ => throw new ArgumentException($"unknown node {node.GetType().Name}", nameof(node)),
        };
    }

    private Query? And(IReadOnlyList<PlanNode> nodes, int depth)
    {
        List<Query> required = [];
        List<Query> excluded = [];
        foreach (PlanNode node in nodes)
        {
            if (node is NotNode not)
            {
                excluded.AddIfAny(Compile(not.Node, depth + 1));
            }
            else
            {
                required.AddIfAny(Compile(node, depth + 1));
            }
        }

        return (required.Count, excluded.Count) switch
        {
            (0, 0) => null,
            (1, 0) => required[0],
            _ => And(required, excluded),
        };
    }

    private static BooleanQuery And(List<Query> required, List<Query> excluded)
    {
        BooleanQuery query = new(disableCoord: true);
        foreach (Query part in required)
        {
            query.Add(part, Occur.MUST);
        }

        if (required.Count == 0)
        {
            query.Add(NoScore(new MatchAllDocsQuery()), Occur.MUST);
        }

        foreach (Query part in excluded)
        {
            query.Add(part, Occur.MUST_NOT);
        }

        return query;
    }

    private Query? Or(IReadOnlyList<PlanNode> nodes, int depth)
    {
        List<Query> parts = [];
        foreach (PlanNode node in nodes)
        {
            parts.AddIfAny(Compile(node, depth + 1));
        }

        return parts.Count switch
        {
            0 => null,
            1 => parts[0],
            _ => Any(parts),
        };
    }

    private static BooleanQuery Any(List<Query> parts)
    {
        BooleanQuery query = new(disableCoord: true);
        foreach (Query part in parts)
        {
            query.Add(part, Occur.SHOULD);
        }

        return query;
    }

    private static Query? Phrase(ArticleField field, IReadOnlyList<QueryTerm> terms, int slop, float boost)
    {
        string name = QueryAnalysis.WordsOf(field);
        if (terms.Count == 0)
        {
            return null;
        }

        if (field == ArticleSchema.Text && slop > 0 && terms.DistinctBy(t => t.Term).Count() < terms.Count)
        {
            // Lucene would take a headline's word, which stands there more than once, for each of the equal words.
            return Any([Phrase(ArticleSchema.Headline, terms, slop, boost)!, Phrase(ArticleSchema.Body, terms, slop, boost)!]);
        }

        Query query;
        if (terms.Count == 1)
        {
            query = new TermQuery(new Term(name, terms[0].Term));
        }
        else
        {
            PhraseQuery phrase = new() { Slop = Math.Clamp(slop, 0, IndexFields.MaxSlop) };
            foreach (QueryTerm term in terms)
            {
                phrase.Add(new Term(name, term.Term), term.Position);
            }

            query = phrase;
        }

        query.Boost = boost;
        return field == ArticleSchema.Body ? new BodyQuery(query) : query;
    }

    /// <summary>
    /// All forms that begin so. Of a prefix with several words ("co-op*"), those before the last are required words.
    /// </summary>
    private static Query? Prefix(PrefixNode node)
    {
        string name = QueryAnalysis.WordsOf(node.Field);
        IReadOnlyList<QueryTerm> forms = QueryAnalysis.Forms(node.Prefix);
        if (forms.Count == 0)
        {
            return null;
        }

        string prefix = forms[^1].Term;
        Query last = node.Field == ArticleSchema.Body
            ? new ConstantScoreQuery(new BodyPrefixFilter(prefix))
            : new PrefixQuery(new Term(QueryAnalysis.IsStemmed(node.Field) ? name + ".exact" : name, prefix))
            {
                MultiTermRewriteMethod = MultiTermQuery.CONSTANT_SCORE_FILTER_REWRITE,
            };
        last.Boost = node.Boost;
        if (forms.Count == 1)
        {
            return last;
        }

        List<Query> required = [.. forms.SkipLast(1).Select(f => NoScore(Phrase(node.Field, QueryAnalysis.Terms(node.Field, f.Term), 0, 1)!))];
        return And([.. required, last], []);
    }

    private static ConstantScoreQuery NoScore(Query query) => new(query) { Boost = 0 };

    private static ConstantScoreQuery NoScore(Filter filter) => new(filter) { Boost = 0 };
}

internal static class QueryLists
{
    /// <summary>Adds a query unless there is none.</summary>
    public static void AddIfAny(this List<Query> queries, Query? query)
    {
        if (query is not null)
        {
            queries.Add(query);
        }
    }
}
