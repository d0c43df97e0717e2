using System.Globalization;
using SearchService.Benchmarks;

// dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- COMMAND
//
//   once                      every benchmark one time over a small archive, then the guards; 1 where anything fails
//   measure [NAME [NOTE]]     indexing and searching real archives, written to benchmarks/results/DATE/NAME.md
//   (anything else)           BenchmarkDotNet's own arguments: --list flat, --filter *Facet*, …
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["once"] => OnceCommand.Run(),
    ["measure", .. { Length: <= 2 } rest] => await MeasureCommand.RunAsync(rest.ElementAtOrDefault(0), rest.ElementAtOrDefault(1)),
    _ => SwitcherCommand.Run(args),
};
