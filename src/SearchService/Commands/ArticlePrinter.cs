using SearchService.Archive.Articles;

namespace SearchService.Commands;

/// <summary>An article for people: every field, then each finding with the text it stands on and the rule that found it.</summary>
internal static class ArticlePrinter
{
    private const int MaxEvidenceChars = 60;

    public static void Print(Article article, IReadOnlyList<string> warnings, Terminal terminal)
    {
        terminal.Line(terminal.Bold(Printable.Line(article.Headline ?? "(no headline)")));
        Row(terminal, "id", article.Id.Value);
        Row(terminal, "path", $"{article.Origin.Path} (record {article.Origin.Record}, {article.Origin.Format}, {article.Origin.Charset})");
        Row(terminal, "date", article.Date is { } date ? $"{date.Value} (to the {Contracts.EnumNames.Of(date.Precision)}, {Contracts.EnumNames.Of(date.Provenance)})" : "unknown");
        Row(terminal, "location", article.Location is { } place ? Location(place) : "unknown");
        Row(terminal, "countries", string.Join(", ", article.Countries.Select(code => $"{code} {CountryNames.NameOf(code)}")));
        Row(terminal, "people", string.Join(", ", article.People.Select(p => $"{p.Name} ({p.Mentions})")));
        Row(terminal, "mentioned", string.Join(", ", article.Mentioned.Select(m => $"{m.Code} ({m.Mentions})")));
        Row(terminal, "places", string.Join(", ", article.Places.Select(p => $"{p.FacetValue} ({p.Mentions})")));
        Row(terminal, "source", article.Source);
        Row(terminal, "language", article.Language);
        Row(terminal, "byline", article.Byline);
        Row(terminal, "section", article.Section);
        Row(terminal, "subjects", string.Join(", ", article.Subjects));
        Row(terminal, "url", article.Url);
        foreach (string warning in warnings)
        {
            Row(terminal, "warning", warning);
        }

        terminal.Line();
        terminal.Line(Printable.Block(article.Body));
        terminal.Line();
        PrintFindings(article, terminal);
    }

    private static void PrintFindings(Article article, Terminal terminal)
    {
        terminal.Line(terminal.Bold(Quantity.Of(article.Findings.Count, "finding", "findings")));
        foreach (Finding finding in article.Findings)
        {
            string where = finding.In == FindingIn.Declared ? "declared" : $"{Contracts.EnumNames.Of(finding.In)} {finding.Start}+{finding.Length}";
            string evidence = Evidence(article, finding) is { } text ? $"  '{Printable.Line(text, MaxEvidenceChars)}'" : "";
            terminal.Line($"  {finding.Field,-10} {Printable.Line(finding.Value)}  {terminal.Dim($"{finding.Rule}, {where}")}{evidence}");
        }
    }

    private static string? Evidence(Article article, Finding finding)
    {
        string? text = finding.In switch
        {
            FindingIn.Headline => article.Headline,
            FindingIn.Body => article.Body,
            FindingIn.Source => article.SourceText,
            _ => null,
        };
        return text is not null && finding.Start >= 0 && finding.Length >= 0 && finding.Start + finding.Length <= text.Length
            ? text.Substring(finding.Start, finding.Length)
            : null;
    }

    private static string Location(ArticleLocation place)
    {
        string?[] parts = [place.Place, place.Region, place.Country];
        return $"{place.Text} ({string.Join(", ", parts.Where(p => p is not null).Append(Contracts.EnumNames.Of(place.Provenance)))})";
    }

    private static void Row(Terminal terminal, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            terminal.Line($"  {name,-10} {Printable.Line(value)}");
        }
    }
}
