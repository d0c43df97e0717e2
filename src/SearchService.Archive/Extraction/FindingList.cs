using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>Gathers findings and puts them in their order: field, place, start.</summary>
internal sealed class FindingList
{
    private static readonly string[] Fields =
        ["headline", "date", "location", "source", "byline", "language", "section", "subjects", "countries", "mentioned", "people", "places"];

    private readonly List<Finding> _findings = [];

    public void Add(string field, string value, FindingIn @in, TextSpan span, string rule) =>
        _findings.Add(new Finding(field, value, @in, span.Start, span.Length, rule));

    public void Declared(string field, string value) => Add(field, value, FindingIn.Declared, default, "declared");

    public IReadOnlyList<Finding> Sorted() =>
    [
        .. _findings.OrderBy(f => Array.IndexOf(Fields, f.Field)).ThenBy(f => f.In).ThenBy(f => f.Start).ThenBy(f => f.Length)
            .ThenBy(f => f.Value, StringComparer.Ordinal),
    ];
}
