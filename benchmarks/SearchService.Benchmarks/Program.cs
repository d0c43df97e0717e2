using System.Globalization;
using SearchService.Benchmarks;

// dotnet run --project benchmarks/SearchService.Benchmarks -c Release -- COMMAND
//
//   once                      every benchmark one time over a small archive, then the guards; 1 where anything fails
//   (anything else)           BenchmarkDotNet's own arguments: --list flat, --filter *Facet*, …
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["once"] => OnceCommand.Run(),
    _ => SwitcherCommand.Run(args),
};
