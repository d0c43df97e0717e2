using System.Globalization;
using SearchService.Archive.Articles;
using SearchService.Archive.Extraction;

namespace SearchService.Evaluation;

/// <summary>
/// Extraction on Reuters-21578 (research use only, never shipped): DATE, the datelines' day and country, the countries against
/// PLACES, and whether the surname of each PEOPLE tag is among the people found.
/// </summary>
internal static class ReutersEvaluation
{
    /// <summary>The publication lies within so many days of the dateline's day.</summary>
    private const int DatelineDays = 15;

    public static bool Run(TextWriter output, string folder, ArticleExtractor extractor, int cases)
    {
        output.WriteLine($"Reuters-21578 ({folder})");
        int stories = 0;
        int dated = 0;
        int datelines = 0;
        int days = 0;
        int located = 0;
        int located1 = 0;
        List<string> undated = [];
        List<string> dayless = [];
        List<string> unlocated = [];
        List<string> unnamed = [];
        Score places = new("PLACES");
        Score abroad = new("PLACES, not only the US");
        Score test = new("PLACES, LEWISSPLIT=TEST");
        int surnames = 0;
        int surnamesFound = 0;
        foreach (ReutersStory story in ReutersGold.Read(folder))
        {
            stories++;
            Article got = extractor.Extract(Raw(story));
            if (got.Date is { Precision: DatePrecision.Second })
            {
                dated++;
            }
            else
            {
                undated.Add($"{story.Id}: '{story.Date.Trim()}' read as '{got.Date}'");
            }

            if (story.Dateline is { } dateline && dateline.Trim().Length > 0)
            {
                datelines++;
                bool day = got.Findings.Any(f => f.Field == "date" && f.Rule == "dateline-day" && IsNear(f.Value, got.Date));
                days += day ? 1 : 0;
                located += got.Location?.Country is null ? 0 : 1;
                if (!day)
                {
                    dayless.Add($"{story.Id}: '{dateline.Trim()}'");
                }

                if (got.Location?.Country is not { } country)
                {
                    unlocated.Add($"{story.Id}: '{dateline.Trim()}'");
                }
                else if (story.Places.Length > 0)
                {
                    located1 += story.Places.Any(p => ReutersPlaces.CodeOf(p) == country) ? 1 : 0;
                }
            }

            string[] gold = [.. story.Places.Select(ReutersPlaces.CodeOf).OfType<string>()];
            if (gold.Length > 0)
            {
                string name = $"{story.Id} {story.Title}";
                places.Add(name, got.Countries, gold);
                if (gold is not ["US"])
                {
                    abroad.Add(name, got.Countries, gold);
                }

                if (story.IsTest)
                {
                    test.Add(name, got.Countries, gold);
                }
            }

            foreach (string person in story.People)
            {
                string surname = person.Split('-')[^1];
                surnames++;
                if (got.People.Any(p => p.Name.Split(' ', '-').Any(w => w.Equals(surname, StringComparison.OrdinalIgnoreCase))))
                {
                    surnamesFound++;
                }
                else
                {
                    unnamed.Add($"{story.Id} {story.Title}: {person}");
                }
            }
        }

        double date = (double)dated / stories;
        double dayShare = (double)days / datelines;
        double countryShare = (double)located / datelines;
        double recall = (double)surnamesFound / surnames;
        Share(output, "DATE", date, stories, undated, cases);
        Share(output, "dateline day", dayShare, datelines, dayless, cases);
        Share(output, "dateline country", countryShare, datelines, unlocated, cases);
        Share(output, "  of these in PLACES", (double)located1 / located, located, [], 0);
        places.Print(output, cases);
        abroad.Print(output, 0);
        test.Print(output, 0);
        Share(output, "PEOPLE surname recall", recall, surnames, unnamed, cases);
        return Floors.Hold(output, "DATE", date, Floors.ReutersDate)
            & Floors.Hold(output, "dateline day", dayShare, Floors.ReutersDatelineDay)
            & Floors.Hold(output, "dateline country", countryShare, Floors.ReutersDatelineCountry)
            & Floors.Hold(output, "PLACES F1", places.F1, Floors.ReutersPlaces)
            & Floors.Hold(output, "PEOPLE surname recall", recall, Floors.ReutersSurnames);
    }

    /// <summary>The story as a reader gives it, without the tags it is measured against.</summary>
    private static Article Raw(ReutersStory story) => new()
    {
        Id = ArticleId.FromNative("Reuters", story.Id),
        Origin = new ArticleOrigin("reut2.sgm", 0, "reuters-sgml", "iso-8859-1"),
        Body = story.Body,
        Declared = new DeclaredFields { Headline = story.Title, Date = story.Date, Dateline = story.Dateline, Source = "Reuters" },
    };

    private static bool IsNear(string day, ArticleDate? date) => date is { } d
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly value)
        && Math.Abs(value.DayNumber - d.First.DayNumber) <= DatelineDays;

    private static void Share(TextWriter output, string name, double share, int of, List<string> misses, int cases)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-34} {share:0.0000} of {of}"));
        foreach (string miss in misses.Take(cases))
        {
            output.WriteLine("      " + miss.ReplaceLineEndings(" "));
        }
    }
}
