// Guarded: bytes allocated by one call of the search path, warm, over the generated archive of 10,000 articles (a set of them is
// 1,256 bytes). Limits stand beside the values measured when they were set; they leave room for a change of runtime, not for one
// object a document. Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- once
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;
using SearchService.Benchmarks.Corpus;
using SearchService.Benchmarks.Queries;

namespace SearchService.Benchmarks.Guards;

/// <summary>What the search path may allocate.</summary>
internal static class AllocationGuards
{
    private const int WarmCalls = 60;
    private const int Calls = 300;

    /// <summary>Prints a line for each guard; answers how many do not hold.</summary>
    public static int Check(BenchmarkArchive archive, TextWriter output)
    {
        QuerySet words = archive.Queries;
        string[] texts = QueryTexts.Of(words);
        return
            Guard("parse and plan a query", measured: 2_328, limit: 4_000, i => ParseBenchmarks.Plan(texts[i % texts.Length]))
            + Guard("count a word", measured: 6_352, limit: 10_000, Searching(QueryKind.Term, size: 0, facets: false))
            + Guard("count a phrase", measured: 7_354, limit: 12_000, Searching(QueryKind.Phrase, size: 0, facets: false))
            + Guard("count a word inside filters", measured: 14_896, limit: 24_000, Searching(QueryKind.Filtered, size: 0, facets: false))
            + Guard("three facets of a word", measured: 78_957, limit: 120_000, Searching(QueryKind.Term, size: 0, facets: true))
            + Guard("ten hits of a word", measured: 106_730, limit: 170_000, Searching(QueryKind.Term, size: 10, facets: false))
            + Guard("ten hits of a word with snippets", measured: 379_586, limit: 600_000, Searching(QueryKind.Term, size: 10, facets: false, snippets: 3));

        Func<int, object> Searching(QueryKind kind, int size, bool facets, int snippets = 0)
        {
            QueryPlan[] plans = [.. SearchPair.Of(kind, words, size, facets).Select(p => p.Plan with { Snippets = new SnippetSpec(snippets, 160) })];
            return i => archive.Snapshot.Search(plans[i % plans.Length]);
        }

        int Guard(string name, long measured, long limit, Func<int, object> call)
        {
            long bytes = BytesACall(call);
            return GuardLine.Print(output, bytes <= limit, $"{name}: {bytes:N0} bytes, at most {limit:N0} ({measured:N0} when set)");
        }
    }

    /// <summary>Another search is said to run, so that none is shared with a thread whose bytes are not counted.</summary>
    public static long BytesACall(Func<int, object> call)
    {
        SearchParts.Begin();
        for (int i = 0; i < WarmCalls; i++)
        {
            call(i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            call(i);
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        SearchParts.End();
        return bytes / Calls;
    }
}
