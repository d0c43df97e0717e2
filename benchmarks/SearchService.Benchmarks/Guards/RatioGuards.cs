// Guarded: how many times faster the search path is than stock Lucene.NET over the same articles, measured in turns within one run, so
// that a slow or busy machine slows both. Floors stand beside the values measured when they were set and leave a wide margin.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- once
using SearchService.Benchmarks.Corpus;
using SearchService.Benchmarks.Queries;

namespace SearchService.Benchmarks.Guards;

/// <summary>How fast the search path must be, in terms of the baseline.</summary>
internal static class RatioGuards
{
    /// <summary>Prints a line for each guard; answers how many do not hold.</summary>
    public static int Check(BenchmarkArchive archive, TextWriter output)
    {
        return
            Guard("three facets of every article", measured: "6 to 14", floor: 5, QueryKind.All, size: 0, facets: true)
            + Guard("three facets of a word", measured: "1.1 to 1.3", floor: 0.7, QueryKind.Term, size: 0, facets: true)
            + Guard("half of the archive's days", measured: "47 to 57", floor: 15, QueryKind.DateRange, size: 0, facets: false)
            + Guard("a word inside a country and days", measured: "4 to 6", floor: 2, QueryKind.Filtered, size: 10, facets: false)
            + Guard("ten hits of a word", measured: "4 to 5", floor: 2, QueryKind.Term, size: 10, facets: false)
            + Guard("count a word", measured: "4 to 5", floor: 1.5, QueryKind.Term, size: 0, facets: false)
            + Guard("ten hits of any of two words", measured: "4 to 5", floor: 2, QueryKind.Or, size: 10, facets: false)
            + Guard("ten hits of both of two words", measured: "4 to 5", floor: 2, QueryKind.And, size: 10, facets: false)
            + Guard("ten hits of a phrase", measured: "3 to 4", floor: 1.6, QueryKind.Phrase, size: 10, facets: false)
            + Guard("ten hits of a loose phrase", measured: "4.5 to 7.5", floor: 2, QueryKind.LoosePhrase, size: 10, facets: false)
            + Guard("count a loose phrase", measured: "4", floor: 1.6, QueryKind.LoosePhrase, size: 0, facets: false)
            + Guard("ten hits of a prefix", measured: "4 to 4.5", floor: 1.5, QueryKind.Prefix, size: 10, facets: false);

        int Guard(string name, string measured, double floor, QueryKind kind, int size, bool facets)
        {
            SearchPair[] pairs = [.. SearchPair.Of(kind, archive.Queries, size, facets)];
            Array.ForEach(pairs, p => p.Verify(archive));
            TurnTimes best = TurnTiming.MeasureUntil(floor, () => Array.ForEach(pairs, p => p.SearchOwn(archive)), () => Array.ForEach(pairs, p => p.SearchStock(archive)));
            return GuardLine.Print(output, best.Ratio >= floor, $"{name}: {best.Ratio:0.0#} times as fast as stock ({best.Own / pairs.Length * 1e6:0} to {best.Baseline / pairs.Length * 1e6:0} µs), at least {floor:0.0#} ({measured} when set)");
        }
    }
}
