using Microsoft.OpenApi;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;
using SearchService.Contracts;

namespace SearchService.Http;

/// <summary><c>/v1/facets/{field}</c>: the values of one facet, also those a facet box does not show: by the beginning of a word in them.</summary>
internal static class FacetEndpoint
{
    private const string Prefix = "prefix";
    private const int MaxPrefixChars = 100;

    private static readonly string[] Takes =
        [.. SearchParameters.Matching, SearchParameters.FacetSize, SearchParameters.FacetMode, SearchParameters.DateInterval];

    public static void MapFacet(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/facets/{field}", Methods.GetAndHead, CountAsync)
            .WithName("facet")
            .WithTags("archive")
            .WithSummary("The values of one facet")
            .WithPathParameter("field", "The field to count the values of.", "person", ParameterDescriptions.FacetNames)
            .WithParameters(new ApiParameter(Prefix, JsonSchemaType.String, "Only values with a word that begins so, in any case; not for the date.")
            {
                MaxLength = MaxPrefixChars,
                Example = "pat",
            })
            .WithParameters(ParameterDescriptions.Of(Takes))
            .Produces<FacetAnswer>()
            .Produces(StatusCodes.Status304NotModified)
            .WithProblems([Problem.FieldNotFound, .. SearchProblems.Described]);

    private static async Task<IResult> CountAsync(HttpContext context, string field, ArticleSearch search, IArticleIndex index, TimeProvider clock)
    {
        if (ArticleSchema.Find(field) is not { } known || !ParameterDescriptions.FacetNames.Contains(known.Name))
        {
            return new ProblemResult(Problem.FieldNotFound, $"unknown facet '{Shown(field)}', want one of {string.Join(", ", ParameterDescriptions.FacetNames)}");
        }

        IReadOnlyList<KeyValuePair<string, string>> pairs = RequestParameters.Of(context.Request);
        string? prefix = pairs.Single(Prefix, out RequestError? error);
        if (error is null && prefix?.Length > MaxPrefixChars)
        {
            error = new RequestError("bad-value", $"{Prefix} takes at most {MaxPrefixChars} characters, got {prefix.Length}", Prefix);
        }

        if (error is not null)
        {
            return ProblemResult.Refused(error);
        }

        RequestReadResult read = SearchRequestReader.Read(pairs, Takes, [Prefix]);
        if (!read.Success)
        {
            return ProblemResult.Refused(read.Error);
        }

        SearchOutcome outcome = await search.FacetAsync(read.Request, known, prefix, context.RequestAborted);
        if (outcome is not SearchOutcome.Found { Answer: { Results: { } results } })
        {
            return SearchProblems.Of(outcome, index);
        }

        if (!results.TimedOut)
        {
            string tag = Revalidation.Tag(results.Commit, $"/v1/facets/{known} {prefix} {CanonicalQuery.Of(read.Request)}", clock.GetLocalNow());
            if (Revalidation.Holds(context.Request, tag))
            {
                return Revalidation.NotModified(context.Response, tag);
            }

            Revalidation.Mark(context.Response, tag);
        }

        return new JsonAnswer<FacetAnswer>(
            new FacetAnswer(known.Name, results.Commit.ToString(), results.Exact, SearchMapping.FacetOf(results.Facets[0])),
            ContractsJson.Readable.FacetAnswer);
    }

    private static string Shown(string field) => field.Length <= 40 ? field : field[..40] + "…";
}
