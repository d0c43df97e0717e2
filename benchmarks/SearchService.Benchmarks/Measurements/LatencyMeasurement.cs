// Measured: one search in process as the API runs it (parse, plan, match, ten best hits read, three facets over all hits: country, date,
// person), one at a time, every call counted. Corpus: the index that IngestionMeasurement makes. Queries: QuerySample.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- measure
using System.Diagnostics;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;
using SearchService.Benchmarks.Corpus;

namespace SearchService.Benchmarks.Measurements;

/// <summary>How long searches took, in milliseconds.</summary>
internal sealed record LatencyFigures(string Name, int Queries, int Calls, double Median, double P90, double P99, double Max)
{
    /// <summary>Sums up calls.</summary>
    public static LatencyFigures Of(string name, int queries, IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new LatencyFigures(name, queries, sorted.Length, At(0.5), At(0.9), At(0.99), sorted[^1]);

        // The nearest rank: the smallest time that so large a part of the calls does not exceed.
        double At(double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];
    }
}

/// <summary>Times searches.</summary>
internal sealed class LatencyMeasurement(IArticleIndex index, IReadOnlyList<SampleQuery> sample)
{
    private static readonly ArticleField[] Facets = [ArticleSchema.Country, ArticleSchema.Date, ArticleSchema.Person];

    private const int WarmRounds = 2;
    private const int Rounds = 5;

    private readonly ArticleSearch _search = new(index, TimeProvider.System);

    /// <summary>Ten hits and three facets, then the same with snippets: over all queries, and by class.</summary>
    public IReadOnlyList<LatencyFigures> Run() => [.. Measure("top 10 with facets", snippets: 0), .. Measure("top 10 with facets and snippets", snippets: 3)];

    /// <summary>For each of the three facets, the part of the whole archive that has a value, 0 to 1.</summary>
    public IReadOnlyList<(string Field, double Part)> Found()
    {
        SearchOutcome outcome = _search.Search(new SearchRequest { Size = 0, Facets = Facets });
        SearchResults all = ((SearchOutcome.Found)outcome).Answer.Results;
        return [.. all.Facets.Select(f => (f.Field.Name, 1 - ((double)f.Missing / all.Total)))];
    }

    private IEnumerable<LatencyFigures> Measure(string name, int snippets)
    {
        SearchRequest[] requests =
        [
            .. sample.Select(query => new SearchRequest
            {
                Text = query.Text,
                Match = query.Match,
                Size = 10,
                Facets = Facets,
                Snippets = snippets,
            }),
        ];
        double[][] times = [.. requests.Select(_ => new double[Rounds])];
        for (int round = -WarmRounds; round < Rounds; round++)
        {
            for (int i = 0; i < requests.Length; i++)
            {
                double taken = Time(requests[i]);
                if (round >= 0)
                {
                    times[i][round] = taken;
                }
            }
        }

        yield return LatencyFigures.Of(name, requests.Length, times.SelectMany(t => t));
        foreach (IGrouping<string, (SampleQuery Query, double[] Times)> group in sample.Zip(times).GroupBy(q => q.First.Class, StringComparer.Ordinal))
        {
            yield return LatencyFigures.Of($"… {group.Key}", group.Count(), group.SelectMany(q => q.Times));
        }
    }

    private double Time(SearchRequest request)
    {
        long start = Stopwatch.GetTimestamp();
        SearchOutcome outcome = _search.Search(request);
        double taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return outcome is SearchOutcome.Found { Answer.Results.TimedOut: false }
            ? taken
            : throw new InvalidOperationException($"'{request.Text}' has no whole answer");
    }
}
