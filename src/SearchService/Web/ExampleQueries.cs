using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Web;

/// <summary>
/// Queries offered on the start page, made of what the archive holds, so that each finds something: its most named
/// person, its most frequent country and place. Made once for a commit. Thread-safe.
/// </summary>
internal sealed class ExampleQueries(ArticleSearch search)
{
    private Examples? _latest;

    public async ValueTask<IReadOnlyList<string>> GetAsync(CommitId commit, CancellationToken cancellationToken)
    {
        if (_latest is { } latest && latest.Commit == commit)
        {
            return latest.Queries;
        }

        SearchRequest request = new() { Size = 0, Facets = [ArticleSchema.Person, ArticleSchema.Country, ArticleSchema.Location], FacetSize = 2 };
        if (await search.SearchAsync(request, cancellationToken) is not SearchOutcome.Found found)
        {
            return [];
        }

        List<string> queries = [];
        foreach (ValueFacet facet in found.Answer.Results.Facets.OfType<ValueFacet>())
        {
            if (facet.Values.FirstOrDefault(v => v.Value != ArticleSchema.Missing)?.Value is not { } value)
            {
                continue;
            }

            queries.Add(facet.Field.Name switch
            {
                "person" => value.Split(' ')[^1].ToLowerInvariant(),
                "country" => $"country:{value}",
                _ => $"location:\"{value.Split(',')[0]}\"",
            });
        }

        _latest = new Examples(commit, queries);
        return queries;
    }

    private sealed record Examples(CommitId Commit, IReadOnlyList<string> Queries);
}
