using System.Collections.Concurrent;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>A query's word as the index has it.</summary>
/// <param name="Position">Counted from the first word.</param>
internal readonly record struct QueryTerm(string Term, int Position);

/// <summary>Analyses the words of queries as the articles' were analysed. Thread-safe.</summary>
internal static class QueryAnalysis
{
    private static readonly ConcurrentBag<ArticleAnalyzer> Idle = [];

    /// <summary>Whether a field holds stems; the others hold unstemmed forms.</summary>
    public static bool IsStemmed(ArticleField field) =>
        field == ArticleSchema.Text || field == ArticleSchema.Headline || field == ArticleSchema.Body;

    /// <summary>The Lucene field that holds a field's words.</summary>
    public static string WordsOf(ArticleField field)
    {
        if (!field.HasWords)
        {
            throw new ArgumentException($"field '{field.Name}' has no words, want a value of it", nameof(field));
        }

        return field == ArticleSchema.Body ? IndexFields.Text : field.Name;
    }

    /// <summary>The terms of some words in a field; empty where they have no letter or digit.</summary>
    public static IReadOnlyList<QueryTerm> Terms(ArticleField field, string words) => Analyze(words, forms: !IsStemmed(field));

    /// <summary>The unstemmed forms of some words.</summary>
    public static IReadOnlyList<QueryTerm> Forms(string words) => Analyze(words, forms: true);

    /// <summary>Analyses a stored text; the tokens are the caller's own.</summary>
    public static AnalyzedText Analyze(string text)
    {
        AnalyzedText tokens = new();
        ArticleAnalyzer analyzer = Idle.TryTake(out ArticleAnalyzer? idle) ? idle : new ArticleAnalyzer();
        analyzer.Analyze(text, 0, tokens);
        Idle.Add(analyzer);
        return tokens;
    }

    private static QueryTerm[] Analyze(string words, bool forms)
    {
        AnalyzedText tokens = Analyze(words);
        QueryTerm[] terms = new QueryTerm[tokens.Count];
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = new QueryTerm((forms ? tokens.Form(i) : tokens.Term(i)).ToString(), tokens[i].Position - tokens[0].Position);
        }

        return terms;
    }
}
