using SearchService.Archive.Extraction;
using SearchService.Evaluation;
using SearchService.Evaluation.DataFiles;

// Quality of extraction against gold: prints precision, recall, F1 and the worst cases, exits 1 below a floor.
//
//   dotnet run --project benchmarks/SearchService.Evaluation -c Release [-- --cases N] [--sample DIR --expected FILE] [--wikinews FILE]
//   … -- speed                     articles a second on the wire stories
//   … -- build-data DATA OUT       makes the extractor's packed data files
//
// Collections beyond the sample archive come from SEARCHSERVICE_DATA and are skipped where it is unset.
string? data = Environment.GetEnvironmentVariable("SEARCHSERVICE_DATA");
if (args is ["build-data", string from, string to])
{
    return DataFileBuilder.Run(from, to);
}

if (args is ["speed"])
{
    if (data is null)
    {
        Console.Error.WriteLine("SEARCHSERVICE_DATA is not set");
        return 2;
    }

    return SpeedMeasurement.Run(Console.Out, data);
}

string root = Root(AppContext.BaseDirectory);
int cases = int.Parse(Option("--cases") ?? "3", System.Globalization.CultureInfo.InvariantCulture);
ArticleExtractor extractor = new();
bool held = SampleEvaluation.Run(
    Console.Out,
    Option("--sample") ?? Path.Combine(root, "index-data", "sample"),
    Option("--expected") ?? Path.Combine(root, "benchmarks", "SearchService.Evaluation", "expected", "sample.jsonl"),
    extractor,
    cases);
if (data is null)
{
    Console.WriteLine("Reuters-21578, Wikinews: skipped, SEARCHSERVICE_DATA is not set");
}
else
{
    held &= ReutersEvaluation.Run(Console.Out, Path.Combine(data, "reuters21578"), extractor, cases);
    held &= WikinewsEvaluation.Run(Console.Out, Option("--wikinews") ?? Path.Combine(data, "ner", "wikinews-dev.jsonl"), extractor, cases);
}

Console.WriteLine(held ? "all floors hold" : "a floor does not hold");
return held ? 0 : 1;

string? Option(string name)
{
    int at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}

// The nearest folder upwards that holds the solution.
static string Root(string folder)
{
    DirectoryInfo? at = new(folder);
    while (at is not null && !File.Exists(Path.Combine(at.FullName, "SearchService.sln")))
    {
        at = at.Parent;
    }

    return at?.FullName ?? Environment.CurrentDirectory;
}
