// Guarded: how many times faster the engine is than stock Lucene.NET over the same generated articles (50,000), measured in turns within one run, and what a call
// allocates. Floors stand beside the values measured when they were set and leave a wide margin; bytes are with the ten hits and, for facets, the values.
// Run: dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- once
using SearchService.Benchmarks.Engine;

namespace SearchService.Benchmarks.Guards;

/// <summary>How fast ranking, counting and facets must be without the archive around them, in terms of the baseline.</summary>
internal static class EngineGuards
{
    /// <summary>Bytes that any search may allocate, its ten hits included.</summary>
    private const long MostBytes = 4_096;

    /// <summary>Prints a line for each guard; answers how many do not hold.</summary>
    public static int Check(EngineArchive archive, TextWriter output)
    {
        return
            Bytes()
            + Best(EngineKind.TermFrequent, measured: 29, floor: 8)
            + Best(EngineKind.TermMiddling, measured: 9, floor: 3)
            + Best(EngineKind.TermRare, measured: 10, floor: 3)
            + Best(EngineKind.AndFrequent, measured: 8, floor: 3)
            + Best(EngineKind.AndMiddling, measured: 7, floor: 2.5)
            + Best(EngineKind.AndRare, measured: 12, floor: 3)
            + Best(EngineKind.AndThree, measured: 4, floor: 1.8)
            + Best(EngineKind.OrFrequent, measured: 14, floor: 5)
            + Best(EngineKind.OrMiddling, measured: 16, floor: 5)
            + Best(EngineKind.OrFive, measured: 4.4, floor: 1.8)
            + Best(EngineKind.OrNine, measured: 6, floor: 2)
            + Best(EngineKind.Phrase, measured: 19, floor: 5)
            + Best(EngineKind.LoosePhrase, measured: 12, floor: 4)
            + Best(EngineKind.Filtered, measured: 7, floor: 2.5)
            + WithTotal(EngineKind.AndFrequent, measured: 7, floor: 2.5)
            + WithTotal(EngineKind.OrFrequent, measured: 8, floor: 3)
            + WithTotal(EngineKind.OrNine, measured: 4.6, floor: 1.8)
            + Faceted(EngineKind.TermFrequent, measured: 47, floor: 8)
            + Faceted(EngineKind.OrFrequent, measured: 41, floor: 8);

        int Bytes()
        {
            (EngineKind kind, long bytes) = Enum.GetValues<EngineKind>().Select(k => (k, BytesACall(archive, k))).MaxBy(k => k.Item2);
            return GuardLine.Print(output, bytes <= MostBytes, $"ten best and total, the class with the most: {kind}, {bytes:N0} bytes, at most {MostBytes:N0}");
        }

        int Best(EngineKind kind, double measured, double floor) =>
            Guard($"{kind}, ten best", kind, measured, floor, p => p.Best(archive), p => p.Stock(archive));

        int WithTotal(EngineKind kind, double measured, double floor) =>
            Guard($"{kind}, ten best and total", kind, measured, floor, p => p.BestWithTotal(archive), p => p.Stock(archive));

        int Faceted(EngineKind kind, double measured, double floor) =>
            Guard($"{kind}, three facets", kind, measured, floor, p => archive.SearchFaceted(p.Clause), p => archive.Stock.Search(p.Query, p.Filter, 10, facets: true));

        int Guard(string name, EngineKind kind, double measured, double floor, Action<EnginePair> own, Action<EnginePair> stock)
        {
            EnginePair[] pairs = EnginePair.Of(kind, archive.Queries);
            Array.ForEach(pairs, p => p.Verify(archive));
            TurnTimes best = TurnTiming.MeasureUntil(floor, () => Array.ForEach(pairs, own), () => Array.ForEach(pairs, stock));
            return GuardLine.Print(output, best.Ratio >= floor, $"{name}: {best.Ratio:0.0} times as fast as stock ({best.Own / pairs.Length * 1e6:0.0} to {best.Baseline / pairs.Length * 1e6:0.0} µs), at least {floor:0.0} ({measured:0.0} when set)");
        }
    }

    private static long BytesACall(EngineArchive archive, EngineKind kind)
    {
        EnginePair[] pairs = EnginePair.Of(kind, archive.Queries);
        return AllocationGuards.BytesACall(i => pairs[i % pairs.Length].BestWithTotal(archive));
    }
}
