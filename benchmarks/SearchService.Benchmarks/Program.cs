using System.Globalization;
using SearchService.Benchmarks;
using SearchService.Benchmarks.Peers;

// dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- COMMAND
//
//   once                                       every benchmark one time over a small archive, then the guards; 1 where anything fails
//   measure [NAME [NOTE]]                      indexing and searching real archives, written to benchmarks/results/DATE/NAME.md
//   build CORPUS.ndjson OUT THREADS SEGMENTS   writes the index of a bench corpus, in the order of time
//   serve INDEX QUERIES.tsv                    answers the line protocol of the comparison with other engines
//   (anything else)                            BenchmarkDotNet's own arguments: --list flat, --filter *Facet*, …
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["once"] => OnceCommand.Run(),
    ["measure", .. { Length: <= 2 } rest] => await MeasureCommand.RunAsync(rest.ElementAtOrDefault(0), rest.ElementAtOrDefault(1)),
    ["build", _, _, _, _] or ["serve", _, _] => PeersCommand.Run(args),
    _ => SwitcherCommand.Run(args),
};
