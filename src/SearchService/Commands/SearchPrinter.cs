using System.Globalization;
using System.Text;
using SearchService.Contracts;

namespace SearchService.Commands;

/// <summary>An answer for people: the count, the hits with where and when, a snippet, the facets.</summary>
internal static class SearchPrinter
{
    public static void Print(SearchResponse response, Terminal terminal)
    {
        terminal.Line(Headline(response));
        foreach (string warning in response.Query.Warnings)
        {
            terminal.Line(terminal.Dim("note: " + Printable.Line(warning)));
        }

        foreach (HitResponse hit in response.Hits)
        {
            terminal.Line();
            PrintHit(hit, terminal);
        }

        foreach ((string name, FacetResponse facet) in response.Facets ?? new Dictionary<string, FacetResponse>())
        {
            terminal.Line();
            PrintFacet(name, facet, terminal);
        }

        if (response.Plan is { } plan)
        {
            terminal.Line();
            terminal.Line("plan " + Printable.Line(plan));
        }

        if (response.Next is { } next)
        {
            terminal.Line();
            terminal.Line(terminal.Dim("more: --cursor " + next));
        }
    }

    private static string Headline(SearchResponse response)
    {
        string matched = response.Query.Understood.Length == 0 ? "" : $" for {Printable.Line(response.Query.Understood)}";
        string any = response.Query.Match == "any" ? " (any of the words)" : "";
        string partial = response.TimedOut ? ", the time ran out: there may be more" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Of(response.Total, "article", "articles")}{matched}{any}, generation {response.Generation}, {response.Took.Total} ms{partial}");
    }

    private static void PrintHit(HitResponse hit, Terminal terminal)
    {
        terminal.Line(terminal.Bold(Printable.Line(hit.Headline ?? "(no headline)")));
        string?[] facts =
        [
            hit.Date?.Value ?? "undated",
            hit.Location?.Text,
            hit.Source,
            hit.Countries.Count == 0 ? null : string.Join(' ', hit.Countries.Select(c => c.Code)),
            hit.People.Count == 0 ? null : string.Join(", ", hit.People.Take(4).Select(p => p.Name)) + (hit.People.Count > 4 ? " …" : ""),
        ];
        terminal.Line("  " + Printable.Line(string.Join(" · ", facts.Where(f => !string.IsNullOrEmpty(f)))));
        foreach (SnippetResponse snippet in hit.Snippets ?? [])
        {
            if (snippet.Field != "headline")
            {
                terminal.Line("  " + Marked(snippet, terminal));
            }
        }

        string score = hit.Score is { } value ? string.Create(CultureInfo.InvariantCulture, $"  score {value:0.00}") : "";
        terminal.Line(terminal.Dim($"  {hit.Id}{score}"));
        if (hit.Explanation is { } explanation)
        {
            terminal.Line(Printable.Block(explanation));
        }
    }

    private static string Marked(SnippetResponse snippet, Terminal terminal)
    {
        StringBuilder text = new();
        int at = 0;
        foreach (IReadOnlyList<int> mark in snippet.Marks)
        {
            text.Append(Printable.Line(snippet.Text[at..mark[0]]));
            text.Append(terminal.Bold(Printable.Line(snippet.Text[mark[0]..mark[1]])));
            at = mark[1];
        }

        return text.Append(Printable.Line(snippet.Text[at..])).ToString();
    }

    private static void PrintFacet(string name, FacetResponse facet, Terminal terminal)
    {
        terminal.Line(terminal.Bold(name));
        switch (facet)
        {
            case ValueFacetResponse values:
                foreach (FacetValueResponse value in values.Values)
                {
                    string label = value.Label is null ? "" : $"  {value.Label}";
                    terminal.Line($"{Quantity.Count(value.Count),10}  {Printable.Line(value.Value)}{label}{(value.Selected ? "  (selected)" : "")}");
                }

                PrintRest(values.Other, "with other values", terminal);
                break;
            case DateFacetResponse date:
                foreach (DateBucketResponse bucket in date.Buckets)
                {
                    terminal.Line($"{Quantity.Count(bucket.Count),10}  {bucket.Value}");
                }

                PrintRest(date.Imprecise, $"not known to the {date.Interval}", terminal);
                break;
        }

        PrintRest(facet.Missing, "without", terminal);
    }

    private static void PrintRest(long count, string what, Terminal terminal)
    {
        if (count != 0)
        {
            terminal.Line(terminal.Dim($"{Quantity.Count(count),10}  {what}"));
        }
    }
}
