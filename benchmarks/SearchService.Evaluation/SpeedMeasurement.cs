using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SearchService.Archive.Articles;
using SearchService.Archive.Extraction;

namespace SearchService.Evaluation;

/// <summary>
/// Articles a second on one core over the wire stories of SEARCHSERVICE_DATA, reading not counted, and the time of three
/// inputs of one and two million characters that have no end of a word, of a name or of a line.
/// </summary>
internal static class SpeedMeasurement
{
    private const int Stories = 10_000;

    public static int Run(TextWriter output, string data)
    {
        Stopwatch load = Stopwatch.StartNew();
        ArticleExtractor extractor = new();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load {load.Elapsed.TotalMilliseconds:0} ms"));
        List<Article> articles = [];
        long chars = 0;
        using FileStream file = File.OpenRead(Path.Combine(data, "wire", "wire-2006-2010.ndjson.zst"));
        using ZstdSharp.DecompressionStream unpacked = new(file);
        using StreamReader reader = new(unpacked);
        while (articles.Count < Stories && reader.ReadLine() is { } line)
        {
            using JsonDocument json = JsonDocument.Parse(line);
            string Field(string name) => json.RootElement.GetProperty(name).GetString() ?? "";
            articles.Add(new Article
            {
                Id = ArticleId.FromNative("Reuters", Field("id")),
                Origin = new ArticleOrigin("wire.ndjson", articles.Count, "ndjson", "utf-8"),
                Body = Field("body"),
                Declared = new DeclaredFields { Headline = Field("title"), Byline = Field("byline"), Date = Field("date"), Url = Field("url") },
            });
            chars += Field("body").Length;
        }

        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Stopwatch clock = Stopwatch.StartNew();
            int located = 0;
            foreach (Article article in articles)
            {
                located += extractor.Extract(article).Location is null ? 0 : 1;
            }

            double seconds = clock.Elapsed.TotalSeconds;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{articles.Count / seconds:0} articles/s, {chars / seconds / 1e6:0.0} M characters/s, {(GC.GetAllocatedBytesForCurrentThread() - before) / articles.Count:N0} bytes an article, {located} located"));
        }

        foreach ((string name, string unit) in new[] { ("capitals", "ALPHA BETA "), ("no blanks", "abcdefgh"), ("title case", "Alpha Beta "), ("one line each", "A\n") })
        {
            foreach (int length in (int[])[1_000_000, 2_000_000])
            {
                string text = string.Concat(Enumerable.Repeat(unit, length / unit.Length));
                Stopwatch clock = Stopwatch.StartNew();
                extractor.Extract(new Article { Id = default, Origin = new ArticleOrigin("x", 0, "text", "utf-8"), SourceText = text });
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {length:N0} characters: {clock.Elapsed.TotalMilliseconds:0} ms"));
            }
        }

        return 0;
    }
}
