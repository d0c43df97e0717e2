using System.Globalization;
using System.Text;
using System.Text.Json;
using SearchService.Archive.Articles;
using SearchService.Archive.Extraction;

namespace SearchService.Evaluation;

/// <summary>
/// Extraction on the bundled sample archive against its expectations: one JSON object a line with path, headline, date,
/// location {place, region, country}, agency, countries, people. The articles are read with the few lines below, so that an error
/// of a reader is not counted here.
/// </summary>
internal static class SampleEvaluation
{
    public static bool Run(TextWriter output, string sample, string expected, ArticleExtractor extractor, int cases)
    {
        output.WriteLine($"sample archive ({sample})");
        if (!Directory.Exists(sample) || !File.Exists(expected))
        {
            output.WriteLine("  skipped: no sample archive there");
            return true;
        }

        Score headline = new("headline");
        Score date = new("date");
        Score location = new("location");
        Score source = new("source");
        Score countries = new("countries");
        Score people = new("people");
        foreach (string line in File.ReadLines(expected))
        {
            using JsonDocument gold = JsonDocument.Parse(line);
            JsonElement want = gold.RootElement;
            string path = want.GetProperty("path").GetString()!;
            Article got = extractor.Extract(Read(sample, path));
            headline.AddValue(path, got.Headline, Text(want, "headline"));
            date.AddValue(path, Instant(got.Date), ArticleDate.TryParse(Text(want, "date"), DateProvenance.Declared, out ArticleDate day) ? Instant(day) : null);
            string? wantedLocation = want.TryGetProperty("location", out JsonElement place) && place.ValueKind == JsonValueKind.Object
                ? $"{Text(place, "place")}/{Text(place, "region")}/{Text(place, "country")}" : null;
            location.AddValue(path, got.Location is { } l ? $"{l.Place}/{l.Region}/{l.Country}" : null, wantedLocation);
            source.AddValue(path, got.Source, Text(want, "agency"));
            countries.Add(path, got.Countries, Texts(want, "countries"));
            people.Add(path, got.People.Select(p => p.Name), Texts(want, "people"));
        }

        foreach (Score score in (Score[])[headline, date, location, source, countries, people])
        {
            score.Print(output, cases);
        }

        return Floors.Hold(output, "headline F1", headline.F1, Floors.SampleHeadline)
            & Floors.Hold(output, "date F1", date.F1, Floors.SampleDate)
            & Floors.Hold(output, "location F1", location.F1, Floors.SampleLocation)
            & Floors.Hold(output, "source F1", source.F1, Floors.SampleSource)
            & Floors.Hold(output, "countries F1", countries.F1, Floors.SampleCountries)
            & Floors.Hold(output, "people F1", people.F1, Floors.SamplePeople);
    }

    /// <summary>Civil time and offset; a printed second of zero is no difference.</summary>
    private static string? Instant(ArticleDate? date) => date is { } d
        ? string.Create(CultureInfo.InvariantCulture, $"{d.Local:s} {d.Offset} {(d.Precision > DatePrecision.Minute ? DatePrecision.Minute : d.Precision)}") : null;

    private static Article Read(string folder, string path)
    {
        string text = File.ReadAllText(Path.Combine(folder, path), Encoding.UTF8);
        Article article = new() { Id = ArticleId.FromPath(path, 0), Origin = new ArticleOrigin(path, 0, "text", "utf-8") };
        if (!path.EndsWith(".json", StringComparison.Ordinal))
        {
            return article with { SourceText = text };
        }

        using JsonDocument json = JsonDocument.Parse(text);
        JsonElement fields = json.RootElement;
        return article with
        {
            Body = Text(fields, "body") ?? "",
            Declared = new DeclaredFields
            {
                Headline = Text(fields, "headline"),
                Date = Text(fields, "date"),
                Dateline = Text(fields, "dateline"),
                Location = Text(fields, "location"),
                Source = Text(fields, "source"),
                Byline = Text(fields, "byline"),
                Section = Text(fields, "section"),
                Language = Text(fields, "language"),
                Url = Text(fields, "url"),
                Subjects = Texts(fields, "subjects"),
                Countries = Texts(fields, "countries"),
                People = Texts(fields, "people"),
            },
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.GetString()!)]
            : [];
}
