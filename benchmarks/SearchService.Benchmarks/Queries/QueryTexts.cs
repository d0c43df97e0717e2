using SearchService.Benchmarks.Corpus;

namespace SearchService.Benchmarks.Queries;

/// <summary>Query texts of the grammar that SearchService and Lucene's classic parser share.</summary>
internal static class QueryTexts
{
    /// <summary>Texts of the shapes people write, of a corpus's own words.</summary>
    public static string[] Of(QuerySet words)
    {
        (IReadOnlyList<string> frequent, IReadOnlyList<string> middling, (string first, string second)) = (words.Frequent, words.Middling, words.Pairs[0]);
        return
        [
            frequent[0],
            $"{frequent[0]} {middling[0]}",
            $"\"{first} {second}\"",
            $"+{frequent[1]} -{middling[1]}",
            $"{frequent[0]} AND ({middling[0]} OR {middling[1]} OR {words.Rare[0]})",
            $"headline:{frequent[2]} \"{first} {second}\" {middling[2][..3]}*",
        ];
    }
}
