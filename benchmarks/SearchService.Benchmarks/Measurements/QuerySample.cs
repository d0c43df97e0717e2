using System.Text.Json;
using System.Text.RegularExpressions;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Benchmarks.Measurements;

/// <summary>A query that somebody asked once.</summary>
/// <param name="Class">term, intersection, union or phrase.</param>
/// <param name="Match">Any word for unions, which the file writes as plain words; else all.</param>
internal sealed record SampleQuery(string Class, string Text, MatchMode Match);

/// <summary>
/// The queries of search-benchmark-game (people's own, from an AOL log) whose words all occur in the
/// archive at hand: <c>SEARCHSERVICE_DATA/queries/search-benchmark-game.jsonl</c>.
/// </summary>
internal static partial class QuerySample
{
    private static readonly string[] Classes = ["term", "intersection", "union", "phrase"];

    /// <summary>Reads the sample.</summary>
    /// <param name="asked">Queries of the file, those left out included.</param>
    public static IReadOnlyList<SampleQuery> Load(string data, IArticleSnapshot snapshot, out int asked)
    {
        Dictionary<string, bool> occurs = new(StringComparer.Ordinal);
        List<SampleQuery> sample = [];
        asked = 0;
        foreach (string line in File.ReadLines(Path.Combine(data, "queries", "search-benchmark-game.jsonl")))
        {
            asked++;
            JsonElement query = JsonSerializer.Deserialize<JsonElement>(line);
            string text = query.GetProperty("query").GetString()!;
            string? kind = query.GetProperty("tags").EnumerateArray().Select(t => t.GetString()!).FirstOrDefault(Classes.Contains);
            if (kind is not null && Words().Matches(text).All(word => Occurs(word.Value)) && QueryParser.Parse(text).Success)
            {
                sample.Add(new SampleQuery(kind, text, kind == "union" ? MatchMode.Any : MatchMode.All));
            }
        }

        return sample;

        bool Occurs(string word)
        {
            if (!occurs.TryGetValue(word, out bool found))
            {
                ValueTask<long?> count = snapshot.CountAsync(new WordNode(ArticleSchema.Text, word), Timeout.InfiniteTimeSpan, CancellationToken.None);
                found = occurs[word] = count.GetAwaiter().GetResult() > 0;
            }

            return found;
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}']+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
