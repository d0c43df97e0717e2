using SearchService.Archive.Articles;

namespace SearchService.Web;

/// <summary>A stretch of text and the findings that cover it, none or several.</summary>
internal readonly record struct EvidenceSegment(string Text, IReadOnlyList<Finding> Findings)
{
    /// <summary>What each finding says, one a line: for the tooltip.</summary>
    public string Title => string.Join('\n', Findings.Select(f => $"{f.Field}: {f.Value} ({f.Rule})"));

    /// <summary>
    /// The field that gives the stretch its colour: people before places before countries before the rest; where a place is a country
    /// itself, it is the country.
    /// </summary>
    public string Field => Findings.Count == 0 ? "" : Findings.MinBy(Rank)!.Field;

    private static int Rank(Finding finding) => finding.Field switch
    {
        "people" => 0,
        "location" => 1,
        "places" when finding.Rule != "country-name" => 2,
        "countries" => 3,
        "places" => 4,
        _ => 5,
    };
}

/// <summary>Cuts a text at the edges of its findings, so that overlapping evidence can be marked.</summary>
internal static class EvidenceText
{
    /// <summary>The stretch from <paramref name="start"/> to <paramref name="end"/> in order, nothing left out. Findings outside are ignored.</summary>
    public static IEnumerable<EvidenceSegment> Cut(string text, int start, int end, IReadOnlyList<Finding> findings)
    {
        List<Finding> inside = [.. findings.Where(f => f.Length > 0 && f.Start < end && f.Start + f.Length > start)];
        SortedSet<int> edges = [start, end];
        foreach (Finding finding in inside)
        {
            edges.Add(Math.Max(start, finding.Start));
            edges.Add(Math.Min(end, finding.Start + finding.Length));
        }

        int from = start;
        foreach (int to in edges.Skip(1))
        {
            int left = from;
            yield return new EvidenceSegment(text[left..to], [.. inside.Where(f => f.Start <= left && f.Start + f.Length >= to)]);
            from = to;
        }
    }

    /// <summary>The colours that a text is marked in, in the order of its lists: the style's name and what it stands for.</summary>
    public static IEnumerable<(string Style, string Meaning)> Colours(IEnumerable<Finding> findings)
    {
        HashSet<string> styles =
        [
            .. findings
                .Where(f => f.Length > 0)
                .GroupBy(f => (f.In, f.Start, f.Length))
                .Select(g => StyleOf(new EvidenceSegment("", [.. g]).Field)),
        ];
        return Meanings.Where(m => styles.Contains(m.Style));
    }

    private static readonly (string Style, string Meaning)[] Meanings =
        [("people", "people"), ("places", "places"), ("countries", "countries"), ("date", "date and source")];

    private static string StyleOf(string field) => field switch
    {
        "location" => "places",
        "mentioned" => "countries",
        "source" or "byline" => "date",
        _ => field,
    };

    /// <summary>The paragraphs of a body as stretches of it: they are separated by blank lines.</summary>
    public static IEnumerable<(int Start, int End)> Paragraphs(string body)
    {
        int start = 0;
        while (start < body.Length)
        {
            int end = body.IndexOf("\n\n", start, StringComparison.Ordinal);
            end = end < 0 ? body.Length : end;
            if (end > start)
            {
                yield return (start, end);
            }

            start = end + 2;
        }
    }
}
