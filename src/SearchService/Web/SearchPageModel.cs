using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Web;

/// <summary>What the search page shows: either an answer or an error.</summary>
public sealed record SearchPageModel
{
    public required SearchRequest Request { get; init; }

    public SearchAnswer? Answer { get; init; }

    /// <summary>The date facet shown as bars: of the whole span, or of the filter's period where there is one.</summary>
    public DateFacet? Timeline { get; init; }

    public RequestError? Error { get; init; }

    /// <summary>Queries offered on the start page, each of which finds something.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>One line about the archive for the foot.</summary>
    public string Archive { get; init; } = "";
}
