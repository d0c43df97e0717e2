using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.TopK;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>Turns a plan's query into the engine's clauses. What is in the plan scores by BM25; values and dates score 0, prefixes 1.</summary>
/// <remarks>
/// A word or phrase without any letter or digit asks for nothing and is left out, so that "R &amp; D" finds what "R D" does;
/// a query of nothing else matches nothing.
/// A word's frequency in the text is its frequency in the body and <see cref="IndexFields.HeadlineWeight"/> times that in the
/// headline, so no positions are needed to tell words and beginnings of words in the body apart; phrases go by their positions.
/// </remarks>
/// <param name="snapshot">Where values and dates are looked up.</param>
internal sealed class PlanCompiler(EmbeddedSnapshot snapshot)
{
    /// <summary>Deepest nesting; the query language allows far less, the engine a little more.</summary>
    private const int MaxDepth = 56;

    private static readonly PositionRange Body = new(IndexFields.BodyStart);

    /// <summary>The query, or null where it asks for nothing and so matches nothing.</summary>
    /// <exception cref="ArgumentException">A field without words is searched by word, or the tree is too deep.</exception>
    public Clause? Compile(PlanNode node) => Compile(node, 0);

    /// <summary>Whether the plan has anything that scores.</summary>
    public static bool Scores(PlanNode node)
    {
        Stack<PlanNode> open = new([node]);
        while (open.TryPop(out PlanNode? next))
        {
            switch (next)
            {
                case WordNode or PhraseNode or PrefixNode:
                    return true;
                case AndNode and:
                    PushAll(and.Nodes, open);
                    break;
                case OrNode or:
                    PushAll(or.Nodes, open);
                    break;
            }
        }

        return false;
    }

    private static void PushAll(IReadOnlyList<PlanNode> nodes, Stack<PlanNode> open)
    {
        foreach (PlanNode node in nodes)
        {
            open.Push(node);
        }
    }

    private Clause? Compile(PlanNode node, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentException($"query nested deeper than {MaxDepth}", nameof(node));
        }

        return node switch
        {
            MatchAllNode => new AllClause(),
            MatchNoneNode => new BooleanClause(),
            WordNode word => Phrase(word.Field, QueryAnalysis.Terms(word.Field, word.Word), 0, word.Boost),
            PhraseNode phrase => Phrase(phrase.Field, QueryAnalysis.Terms(phrase.Field, phrase.Words), phrase.Slop, phrase.Boost),
            PrefixNode prefix => Prefix(prefix),
            ValueNode value => snapshot.Sets.Clause(segment => snapshot.Filters.Value(segment, value.Field, value.Value)),
            DateNode date => snapshot.Sets.Clause(segment => snapshot.Filters.Dates(segment, date.Range)),
            AndNode and => And(and.Nodes, depth),
            OrNode or => Or(or.Nodes, depth),
            NotNode not => Compile(not.Node, depth + 1) is { } excluded
                ? new BooleanClause { Filter = [new AllClause()], MustNot = [excluded] }
                : null,
            _ => throw new ArgumentException($"unknown node {node.GetType().Name}", nameof(node)),
        };
    }

    private Clause? And(IReadOnlyList<PlanNode> nodes, int depth)
    {
        List<Clause> required = [];
        List<Clause> filters = [];
        List<Clause> excluded = [];
        foreach (PlanNode node in nodes)
        {
            List<Clause> list = node is NotNode ? excluded : Scores(node) ? required : filters;
            if (Compile(node is NotNode not ? not.Node : node, depth + 1) is { } part)
            {
                list.Add(part);
            }
        }

        if (required.Count + filters.Count + excluded.Count == 0)
        {
            return null;
        }

        if (required.Count + filters.Count == 0)
        {
            filters.Add(new AllClause());
        }

        return required.Count == 1 && filters.Count + excluded.Count == 0
            ? required[0]
            : new BooleanClause { Must = required, Filter = filters, MustNot = excluded };
    }

    private Clause? Or(IReadOnlyList<PlanNode> nodes, int depth)
    {
        List<Clause> parts = [];
        foreach (PlanNode node in nodes)
        {
            if (Compile(node, depth + 1) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts.Count switch
        {
            0 => null,
            1 => parts[0],
            _ => new BooleanClause { Should = parts },
        };
    }

    private static Clause? Phrase(ArticleField field, IReadOnlyList<QueryTerm> terms, int slop, float boost)
    {
        if (terms.Count == 0)
        {
            return null;
        }

        string name = QueryAnalysis.WordsOf(field);
        PositionRange? within = field == ArticleSchema.Body ? Body : null;
        if (terms.Count == 1)
        {
            return new TermClause(name, terms[0].Term, boost) { Beyond = within is null ? null : new FieldShare(IndexFields.Headline, IndexFields.HeadlineWeight) };
        }

        slop = Math.Clamp(slop, 0, IndexFields.MaxSlop);
        if (slop > 0 && field == ArticleSchema.Text && terms.DistinctBy(t => t.Term).Count() < terms.Count)
        {
            // A headline's word, which stands there more than once, would be taken for each of the equal words.
            return new BooleanClause
            {
                Should = [Phrase(ArticleSchema.Headline, terms, slop, boost)!, Phrase(ArticleSchema.Body, terms, slop, boost)!],
            };
        }

        return new PhraseClause(name, [.. terms.Select(t => new PhraseTerm(t.Term, t.Position))], slop, boost) { Within = within };
    }

    /// <summary>
    /// All forms that begin so. Of a prefix with several words ("co-op*"), those before the last are required words.
    /// </summary>
    private static Clause? Prefix(PrefixNode node)
    {
        string name = QueryAnalysis.WordsOf(node.Field);
        IReadOnlyList<QueryTerm> forms = QueryAnalysis.Forms(node.Prefix);
        if (forms.Count == 0)
        {
            return null;
        }

        string prefix = forms[^1].Term;
        PrefixClause last = new(QueryAnalysis.IsStemmed(node.Field) ? name + ".exact" : name, prefix, node.Boost)
        {
            Beyond = node.Field == ArticleSchema.Body ? new FieldShare(IndexFields.HeadlineExact, IndexFields.HeadlineWeight) : null,
        };
        return forms.Count == 1
            ? last
            : new BooleanClause
            {
                Must = [last],
                Filter = [.. forms.SkipLast(1).Select(f => Phrase(node.Field, QueryAnalysis.Terms(node.Field, f.Term), 0, 1)!)],
            };
    }
}
