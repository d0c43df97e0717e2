using System.Globalization;
using System.Text;

namespace SearchService.Benchmarks.Measurements;

/// <summary>Everything measured in one run.</summary>
/// <param name="Note">What a reader must know beyond the numbers; null for nothing.</param>
/// <param name="LoadBefore">Load of the machine when the run began.</param>
/// <param name="Found">Parts of the archive, 0 to 1, for which extraction found a value, by facet.</param>
/// <param name="SearchPeakMiB">Most memory resident while searching, caches of file pages mapped by the process included.</param>
/// <param name="AskedQueries">Queries of the file, those whose words do not occur included.</param>
internal sealed record MeasuredRun(
    DateOnly Date,
    string? Note,
    double LoadBefore,
    double LoadAfter,
    IngestionFigures Ingestion,
    IReadOnlyList<(string Field, double Part)> Found,
    IReadOnlyList<LatencyFigures> Searches,
    int AskedQueries,
    long SearchPeakMiB);

/// <summary>A run as a page of Markdown, with the targets beside what was measured.</summary>
internal static class ResultPage
{
    private const double ArticlesPerSecond = 600;
    private const long PeakMiB = 1_536;
    private const double MedianMs = 10;
    private const double P99Ms = 50;

    public static string Write(MeasuredRun run)
    {
        IngestionFigures ingestion = run.Ingestion;
        LatencyFigures search = run.Searches[0];
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Indexing and searching 73,000 articles, {run.Date:yyyy-MM-dd}

            Command: `dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- measure`, with `SEARCHSERVICE_DATA` set to a folder with
            `reuters21578/` (15 SGML files, 1987), `wire/` (58,049 stories, 2006–2010, one ndjson.zst) and `queries/`.
            Machine: {Machine.Processor}, {Machine.Cores} cores, {Machine.MemoryGiB:0.#} GiB; load average {run.LoadBefore:0.0} at the start, {run.LoadAfter:0.0} at the end.
            Versions: {Machine.Versions}.

            """);
        if (run.Note is { } note)
        {
            page.Append(CultureInfo.InvariantCulture, $"Note: {note}.\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"""

            | target | wanted | measured | |
            |---|---|---|---|
            {Row("articles/s, reading to publishing, with extraction", $"at least {ArticlesPerSecond}", $"{ingestion.ArticlesPerSecond:0}", ingestion.ArticlesPerSecond >= ArticlesPerSecond)}
            {Row("peak resident memory while indexing (VmHWM)", $"below {PeakMiB:N0} MiB", $"{ingestion.PeakMiB:N0} MiB", ingestion.PeakMiB < PeakMiB)}
            {Row("every record indexed or rejected with a reason", $"{ingestion.InputRecords:N0}", $"{ingestion.Accounted:N0}", ingestion.Accounted == ingestion.InputRecords)}
            {Row("top 10 with three facets, median", $"below {MedianMs} ms", $"{search.Median:0.00} ms", search.Median < MedianMs)}
            {Row("top 10 with three facets, 99th percentile", $"below {P99Ms} ms", $"{search.P99:0.00} ms", search.P99 < P99Ms)}

            ## Indexing

            | | |
            |---|---|
            | records in the files, counted apart | {ingestion.InputRecords:N0} |
            | indexed | {ingestion.Summary.Articles:N0} |
            | rejected | {ingestion.Summary.Rejected:N0} |
            | indexed with a warning | {ingestion.Summary.Warnings:N0} |
            | input | {MiB(ingestion.InputBytes)} (compressed where the files are) |
            | time | {ingestion.Elapsed.TotalSeconds:0.0} s: {(ingestion.Elapsed - ingestion.Publishing).TotalSeconds:0.0} s reading and extracting, {ingestion.Publishing.TotalSeconds:0.0} s indexing, merging, verifying |
            | processor time, all cores | {ingestion.ProcessorTime.TotalSeconds:0.0} s, {ingestion.ProcessorTime.TotalMilliseconds / ingestion.Summary.Articles:0.00} ms an article |
            | index | {MiB(ingestion.IndexBytes)}, {ingestion.IndexBytes / ingestion.Summary.Articles:N0} bytes an article |
            | articles with a value | {string.Join(", ", run.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Field} {f.Part * 100:0.0} %")))} |

            Rejected, by reason:

            | reason | records |
            |---|---|

            """);
        foreach ((string reason, int records) in ingestion.Reasons)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {reason} | {records:N0} |\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"""

            ## Searching

            In process, one search at a time: parse, plan, match, ten hits read, facets country, date and person over all hits. Queries: those of
            search-benchmark-game whose words all occur, {search.Queries:N0} of {run.AskedQueries:N0}. Every call is counted, in milliseconds. Peak resident memory
            while searching: {run.SearchPeakMiB:N0} MiB, in the process that has just indexed.

            | | queries | calls | median | p90 | p99 | max |
            |---|---|---|---|---|---|---|

            """);
        foreach (LatencyFigures figures in run.Searches)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {figures.Name} | {figures.Queries:N0} | {figures.Calls:N0} | {figures.Median:0.00} | {figures.P90:0.00} | {figures.P99:0.00} | {figures.Max:0.00} |\n");
        }

        return page.ToString();
    }

    private static string Row(string name, string wanted, string measured, bool met) => $"| {name} | {wanted} | {measured} | {(met ? "met" : "**missed**")} |";

    private static string MiB(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):N1} MiB");
}
