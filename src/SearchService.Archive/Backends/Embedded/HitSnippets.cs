using Lucene.Net.Index;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.Passages;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// Makes the snippets of hits: the headline where it matched, then up to the wanted number of passages of the body in text
/// order; where nothing of the body matched, its beginning. Only words of the text, headline and body mark; excluded ones
/// and values of other fields do not.
/// </summary>
internal sealed class HitSnippets
{
    /// <summary>How much of a body is looked through.</summary>
    public const int MaxBodyChars = 100_000;

    private const int MaxDatelineChars = 100;

    private readonly SnippetSpec _spec;
    private readonly PassageQuery _headline;
    private readonly PassageQuery _body;

    public HitSnippets(QueryPlan plan, IndexReader reader)
    {
        _spec = plan.Snippets;
        PassageQuery.Builder headline = new();
        PassageQuery.Builder body = new();
        if (_spec.Count > 0)
        {
            Gather(plan.Query, reader, headline, body);
        }

        _headline = headline.Build();
        _body = body.Build();
    }

    public IReadOnlyList<Snippet> Of(Article article)
    {
        if (_spec.Count <= 0)
        {
            return [];
        }

        List<Snippet> snippets = [];
        if (article.Headline is { } headline && Matches(_headline, headline) is { Count: > 0 } marks)
        {
            snippets.Add(Make("headline", PassageSelector.Whole(headline, marks)));
        }

        string text = article.Body.Length <= MaxBodyChars ? article.Body : article.Body[..MaxBodyChars];
        IReadOnlyList<TextMatch> matches = Matches(_body, text);
        if (matches.Count > 0)
        {
            snippets.AddRange(PassageSelector.Best(text, matches, _body, _spec.Count, _spec.Length).Select(p => Make("body", p)));
        }
        else if (PassageSelector.Lead(Story(article), _spec.Length) is { } lead)
        {
            snippets.Add(Make("body", lead));
        }

        return snippets;
    }

    /// <summary>The body without a dateline that is a paragraph of its own: every hit shows place and date beside it.</summary>
    private static string Story(Article article)
    {
        int end = article.Body.IndexOf("\n\n", StringComparison.Ordinal);
        bool dateline = end is > 0 and <= MaxDatelineChars
            && article.Findings.Any(f => f is { Field: "location", In: FindingIn.Body } && f.Start + f.Length <= end);
        return dateline ? article.Body[(end + 2)..] : article.Body;
    }

    private static Snippet Make(string field, Passage passage) =>
        new(field, passage.Text, [.. passage.Marks.Select(m => new TextSpan(m.Start, m.End))]);

    private static IReadOnlyList<TextMatch> Matches(PassageQuery query, string text)
    {
        if (query.IsEmpty)
        {
            return [];
        }

        TextMatches matches = new(query);
        AnalyzedText tokens = QueryAnalysis.Analyze(text);
        for (int i = 0; i < tokens.Count; i++)
        {
            AnalyzedText.Token token = tokens[i];
            matches.Add(tokens.Term(i), tokens.Form(i), token.Position, token.Start, token.End);
        }

        return matches.Find();
    }

    private static void Gather(PlanNode query, IndexReader reader, PassageQuery.Builder headline, PassageQuery.Builder body)
    {
        Stack<PlanNode> open = new([query]);
        while (open.TryPop(out PlanNode? node))
        {
            switch (node)
            {
                case AndNode and:
                    PushAll(and.Nodes);
                    break;
                case OrNode or:
                    PushAll(or.Nodes);
                    break;
                case WordNode word when QueryAnalysis.IsStemmed(word.Field):
                    Add(word.Field, QueryAnalysis.Terms(word.Field, word.Word), 0);
                    break;
                case PhraseNode phrase when QueryAnalysis.IsStemmed(phrase.Field):
                    Add(phrase.Field, QueryAnalysis.Terms(phrase.Field, phrase.Words), phrase.Slop);
                    break;
                case PrefixNode prefix when QueryAnalysis.IsStemmed(prefix.Field):
                    AddPrefix(prefix);
                    break;
            }
        }

        void PushAll(IReadOnlyList<PlanNode> nodes)
        {
            foreach (PlanNode node in nodes)
            {
                open.Push(node);
            }
        }

        void Add(ArticleField field, IReadOnlyList<QueryTerm> terms, int slop)
        {
            foreach (PassageQuery.Builder builder in BuildersOf(field))
            {
                if (terms.Count == 1)
                {
                    builder.AddTerm(terms[0].Term, Weight(terms[0].Term));
                }
                else if (terms.Count > 1)
                {
                    builder.AddPhrase([.. terms.Select(t => new PhraseSlot(t.Term, t.Position))], Math.Clamp(slop, 0, IndexFields.MaxSlop), Weight);
                }
            }
        }

        void AddPrefix(PrefixNode prefix)
        {
            IReadOnlyList<QueryTerm> forms = QueryAnalysis.Forms(prefix.Prefix);
            foreach (PassageQuery.Builder builder in BuildersOf(prefix.Field))
            {
                if (forms.Count > 0)
                {
                    builder.AddPrefix(forms[^1].Term, 1);
                }
            }
        }

        IEnumerable<PassageQuery.Builder> BuildersOf(ArticleField field) =>
            field == ArticleSchema.Headline ? [headline] : field == ArticleSchema.Body ? [body] : [headline, body];

        // As BM25's idf, but never 0.
        float Weight(string term)
        {
            double documents = reader.DocFreq(new Term(IndexFields.Text, term));
            return (float)Math.Log(1.1 + ((reader.MaxDoc - documents + 0.5) / (documents + 0.5)));
        }
    }
}
