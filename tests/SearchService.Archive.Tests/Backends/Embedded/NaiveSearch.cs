using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Tests.Backends.Embedded;

/// <summary>What a plan means, by reading every article. For words that are their own stems.</summary>
internal sealed class NaiveSearch(IReadOnlyList<Article> articles, QueryPlan plan)
{
    public IReadOnlyList<Article> Matches { get; } = [.. articles.Where(a => Match(plan.Query, a) && Passes(plan, a, null))];

    /// <summary>Articles inside all filters but those on a field.</summary>
    public IReadOnlyList<Article> MatchesWithout(ArticleField field) => [.. articles.Where(a => Match(plan.Query, a) && Passes(plan, a, field))];

    private static bool Passes(QueryPlan plan, Article article, ArticleField? without) =>
        plan.Filters.Where(f => f.Field != without).All(f =>
            (f.AnyOf.Count == 0 || f.AnyOf.Any(v => Has(article, f.Field, v))) && !f.NoneOf.Any(v => Has(article, f.Field, v)))
        && (without == ArticleSchema.Date || plan.Date is not { } date || Passes(date, article.Date));

    private static bool Passes(DateFilter filter, ArticleDate? date)
    {
        bool Inside(DayRange range) => date is { } d && range.Contains(d.First, d.Last);
        bool wanted = (filter.AnyOf.Count == 0 && !filter.AnyOfMissing) || filter.AnyOf.Any(Inside) || (filter.AnyOfMissing && date is null);
        return wanted && !filter.NoneOf.Any(Inside) && !(filter.NoneOfMissing && date is null);
    }

    private static bool Has(Article article, ArticleField field, string value)
    {
        IReadOnlyList<string> values = ArticleSchema.ValuesOf(article, field);
        return value == ArticleSchema.Missing ? values.Count == 0 : values.Contains(value);
    }

    private static bool Match(PlanNode node, Article article) => node switch
    {
        MatchAllNode => true,
        MatchNoneNode => false,
        WordNode word => Texts(article, word.Field).Any(t => t.Contains(word.Word)),
        PhraseNode phrase => Texts(article, phrase.Field).Any(t => HasPhrase(t, phrase.Words.Split(' '))),
        PrefixNode prefix => Texts(article, prefix.Field).Any(t => t.Any(w => w.StartsWith(prefix.Prefix, StringComparison.Ordinal))),
        ValueNode value => Has(article, value.Field, value.Value),
        DateNode date => article.Date is { } d && date.Range.Contains(d.First, d.Last),
        AndNode and => and.Nodes.All(n => Match(n, article)),
        OrNode or => or.Nodes.Any(n => Match(n, article)),
        NotNode not => !Match(not.Node, article),
        _ => throw new ArgumentException(node.ToString(), nameof(node)),
    };

    private static bool HasPhrase(string[] text, string[] words) =>
        Enumerable.Range(0, Math.Max(0, text.Length - words.Length + 1)).Any(i => words.AsSpan().SequenceEqual(text.AsSpan(i, words.Length)));

    private static IEnumerable<string[]> Texts(Article article, ArticleField field)
    {
        string[] headline = (article.Headline ?? "").Split(' ');
        string[] body = article.Body.Split(' ');
        return field.Name switch
        {
            "headline" => [headline],
            "body" => [body],
            "text" => [headline, body],
            _ => ArticleSchema.ValuesOf(article, field).Select(v => v.ToLowerInvariant().Split(' ')),
        };
    }
}
