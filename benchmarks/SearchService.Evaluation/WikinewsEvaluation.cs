using System.Text.Json;
using SearchService.Archive.Articles;
using SearchService.Archive.Extraction;

namespace SearchService.Evaluation;

/// <summary>
/// Extraction on annotated Wikinews articles: the full names of a document's people, all its people, and the countries the story
/// is about. The rules are tuned on the train file and reported on the dev file.
/// </summary>
internal static class WikinewsEvaluation
{
    public static bool Run(TextWriter output, string file, ArticleExtractor extractor, int cases)
    {
        output.WriteLine($"Wikinews ({file})");
        Score fullNames = new("people, full names");
        Score all = new("people, all");
        Score about = new("countries about");
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument gold = JsonDocument.Parse(line);
            JsonElement want = gold.RootElement;
            string id = want.GetProperty("id").GetString()!;
            Article got = extractor.Extract(new Article
            {
                Id = ArticleId.FromPath(id, 0),
                Origin = new ArticleOrigin(id, 0, "text", "utf-8"),
                SourceText = want.GetProperty("text").GetString()!,
            });
            string[] names = [.. want.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("name").GetString()!)];
            fullNames.Add(id, got.People.Select(p => p.Name).Where(IsFull), names.Where(IsFull));
            all.Add(id, got.People.Select(p => p.Name), names);
            about.Add(id, got.Countries, want.GetProperty("about").EnumerateArray().Select(c => c.GetString()!));
        }

        fullNames.Print(output, cases);
        all.Print(output, 0);
        about.Print(output, 0);
        return Floors.Hold(output, "people, full names F1", fullNames.F1, Floors.WikinewsPeople)
            & Floors.Hold(output, "countries about F1", about.F1, Floors.WikinewsAbout);
    }

    private static bool IsFull(string name) => name.Contains(' ', StringComparison.Ordinal);
}
