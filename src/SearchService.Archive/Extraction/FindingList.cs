using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>Gathers findings and puts them in their order: field, place, start.</summary>
/// <param name="labels">Fields that the source text declares by a label, and where their values stand in it.</param>
internal sealed class FindingList(IReadOnlyDictionary<string, TextSpan> labels)
{
    private static readonly string[] Fields =
        ["headline", "date", "location", "source", "byline", "language", "section", "subjects", "countries", "mentioned", "people", "places"];

    private readonly List<Finding> _findings = [];

    public void Add(string field, string value, FindingIn @in, TextSpan span, string rule)
    {
        if (@in == FindingIn.Declared && labels.TryGetValue(rule.Contains("dateline", StringComparison.Ordinal) ? "dateline" : field, out TextSpan label))
        {
            (@in, span, rule) = (FindingIn.Source, label, rule == "declared" ? "label" : rule);
        }

        _findings.Add(new Finding(field, value, @in, span.Start, span.Length, rule));
    }

    public void Declared(string field, string value) => Add(field, value, FindingIn.Declared, default, "declared");

    public IReadOnlyList<Finding> Sorted() =>
    [
        .. _findings.OrderBy(f => Array.IndexOf(Fields, f.Field)).ThenBy(f => f.In).ThenBy(f => f.Start).ThenBy(f => f.Length)
            .ThenBy(f => f.Value, StringComparer.Ordinal),
    ];
}
