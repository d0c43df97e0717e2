using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;
using SearchService.Http;

namespace SearchService.Web;

/// <summary>
/// The pages for people, rendered on the server from ordinary routes. They ask through <see cref="ArticleSearch"/> like
/// every other caller and hold no state but what stands in the address.
/// </summary>
internal static class WebPages
{
    /// <summary>The facets of the search page, in the order they stand.</summary>
    private static readonly IReadOnlyList<ArticleField> Facets =
        [ArticleSchema.Date, ArticleSchema.Country, ArticleSchema.Person, ArticleSchema.Location, ArticleSchema.Source, ArticleSchema.Section, ArticleSchema.Subject];

    /// <summary>The same under a date filter, where the timeline is a count of its own.</summary>
    private static readonly IReadOnlyList<ArticleField> ValueFacets = [.. Facets.Where(f => f != ArticleSchema.Date)];

    private const int FacetSize = 8;

    /// <summary>What a page may load: the style and images of this server, nothing from elsewhere and no script.</summary>
    private const string PagePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IServiceCollection AddWebPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // The framework would keep a key under the home folder; nothing here needs one that lasts, and the server never writes.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        // Names stay readable in the page's source.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services.AddSingleton<ExampleQueries>();
    }

    public static void MapWebPages(this IEndpointRouteBuilder routes)
    {
        routes.MapWebAssets();
        RouteGroupBuilder pages = routes.MapGroup("").ExcludeFromDescription();
        pages.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.ContentSecurityPolicy = PagePolicy;
            return next(context);
        });
        pages.MapMethods("/", Methods.GetAndHead, SearchAsync);
        pages.MapMethods("/articles/{id}", Methods.GetAndHead, ArticleAsync);
        pages.MapMethods("/facets/{field}", Methods.GetAndHead, FacetAsync);
        pages.MapMethods("/help", Methods.GetAndHead, () => new RazorComponentResult<HelpPage>());
        pages.MapMethods("/api", Methods.GetAndHead, ReferenceAsync);
    }

    /// <summary>Whether a browser asks outside the API: it wants a page, also where there is none.</summary>
    public static bool IsForPeople(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)
        && request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html");

    /// <summary>Answers 404 with a page.</summary>
    public static Task WriteNotFoundAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = PagePolicy;
        return Message("Nothing here", "There is no page under this address. The archive is searched from the start page or by the box above.", StatusCodes.Status404NotFound)
            .ExecuteAsync(context);
    }

    private static async Task<IResult> SearchAsync(HttpContext context, ArticleSearch search, IArticleIndex index, ExampleQueries examples, CancellationToken cancellationToken)
    {
        RequestReadResult read = SearchRequestReader.Read(RequestParameters.Of(context.Request));
        if (read.Request is not { } request)
        {
            return Refused(Asked(context), read.Error!, index);
        }

        SearchRequest asked = request with { Facets = PageAddress.HasDateFilter(request) ? ValueFacets : Facets, FacetSize = FacetSize, Snippets = request.Text.Length > 0 ? 3 : 1, SnippetLength = 180 };
        switch (await search.SearchAsync(asked, cancellationToken))
        {
            case SearchOutcome.Found found:
                SearchPageModel model = new()
                {
                    Request = request,
                    Answer = found.Answer,
                    Timeline = await TimelineAsync(search, asked, found.Answer, cancellationToken),
                    Examples = await examples.GetAsync(found.Answer.Results.Commit, cancellationToken),
                    Archive = Foot(index),
                };
                return Page(model, StatusCodes.Status200OK);
            case SearchOutcome.Refused refused:
                return Refused(request, refused.Error, index);
            case SearchOutcome.CommitGone:
                // The page that the cursor belonged to is gone with its commit: begin again in the newest.
                return TypedResults.LocalRedirect(PageAddress.Search(request with { Cursor = null }));
            default:
                return NothingPublished(index);
        }
    }

    private static async Task<IResult> ArticleAsync(string id, HttpContext context, ArticleSearch search, IArticleIndex index, CancellationToken cancellationToken)
    {
        if (index.State.Commit is null)
        {
            return NothingPublished(index);
        }

        string query = context.Request.Query["q"].ToString();
        return !ArticleId.TryParse(id, out ArticleId articleId) || await search.GetAsync(articleId, cancellationToken) is not ArticleOutcome.Found found
            ? Message("No such article", "The archive has no article under this address: it may have been removed, or the address was cut.", StatusCodes.Status404NotFound)
            : new RazorComponentResult<ArticlePage>(new
            {
                found.Article,
                Query = query.Length <= SearchRequest.MaxTextChars ? query : "",
                Archive = Foot(index),
            });
    }

    private static async Task<IResult> FacetAsync(string field, HttpContext context, ArticleSearch search, IArticleIndex index, CancellationToken cancellationToken)
    {
        if (ArticleSchema.Find(field) is not { HasValues: true } found)
        {
            return Message("No such facet", $"The facets are {string.Join(", ", ArticleSchema.ValueFields)}.", StatusCodes.Status404NotFound);
        }

        string? prefix = context.Request.Query["prefix"].FirstOrDefault(p => !string.IsNullOrWhiteSpace(p));
        RequestReadResult read = SearchRequestReader.Read(RequestParameters.Of(context.Request), others: ["prefix"]);
        if (read.Request is not { } request)
        {
            return Refused(Asked(context), read.Error!, index);
        }

        SearchRequest asked = request with { FacetSize = SearchRequest.MaxFacetSize, Cursor = null };
        return await search.FacetAsync(asked, found, prefix, cancellationToken) switch
        {
            SearchOutcome.Found answer => new RazorComponentResult<FacetPage>(new { Facet = (ValueFacet)answer.Answer.Results.Facets[0], Request = request, Prefix = prefix }),
            SearchOutcome.Refused refused => Refused(request, refused.Error, index),
            _ => NothingPublished(index),
        };
    }

    private static async Task<IResult> ReferenceAsync([FromKeyedServices(ApiDescription.DocumentName)] IOpenApiDocumentProvider provider, CancellationToken cancellationToken) =>
        new RazorComponentResult<ApiPage>(new
        {
            Document = await provider.GetOpenApiDocumentAsync(cancellationToken),
            DocumentAddress = OpenApiEndpoint.Path,
        });

    /// <summary>The date facet of the answer; under a date filter the bars show that period only, finer, by a count of their own.</summary>
    private static async Task<DateFacet?> TimelineAsync(ArticleSearch search, SearchRequest asked, SearchAnswer answer, CancellationToken cancellationToken)
    {
        if (!PageAddress.HasDateFilter(asked))
        {
            return answer.Results.Facets.OfType<DateFacet>().FirstOrDefault();
        }

        SearchRequest inside = asked with { StrictFacets = true, Cursor = null };
        return await search.FacetAsync(inside, ArticleSchema.Date, prefix: null, cancellationToken) is SearchOutcome.Found found
            ? found.Answer.Results.Facets.OfType<DateFacet>().FirstOrDefault()
            : null;
    }

    /// <summary>What was asked, as far as it can be shown again: the query text.</summary>
    private static SearchRequest Asked(HttpContext context)
    {
        string text = context.Request.Query["q"].ToString();
        return new SearchRequest { Text = text.Length <= SearchRequest.MaxTextChars ? text : text[..SearchRequest.MaxTextChars] };
    }

    private static RazorComponentResult<SearchPage> Refused(SearchRequest request, RequestError error, IArticleIndex index) =>
        Page(new SearchPageModel { Request = request, Error = error, Archive = Foot(index) }, StatusCodes.Status400BadRequest);

    private static RazorComponentResult<SearchPage> Page(SearchPageModel model, int status) =>
        new(new { Model = model }) { StatusCode = status };

    private static RazorComponentResult<MessagePage> Message(string heading, string text, int status, string? command = null) =>
        new(new { Heading = heading, Text = text, Command = command }) { StatusCode = status };

    private static RazorComponentResult<MessagePage> NothingPublished(IArticleIndex index) => Message(
        "Nothing to search yet",
        $"The server runs and says: {Problem.NothingPublishedDetail(index.State)}. Run the command below on the host; the server picks the new index up by itself within two seconds.",
        StatusCodes.Status503ServiceUnavailable,
        "searchservice reindex PATH…");

    private static string Foot(IArticleIndex index) => index.State is { Manifest: { } manifest, Commit: { } commit }
        ? $"{DisplayText.Articles(manifest.Articles)}{(manifest.Sample ? " of the bundled sample archive" : "")}, index {commit}, built {manifest.BuiltAt.ToString("d MMMM yyyy, HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture)}"
        : "";
}
