using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;
using SearchService.Contracts;
using SearchService.Web;

namespace SearchService.Http;

/// <summary><c>/v1/search.atom</c>: a query as a feed (RFC 4287), newest first unless asked otherwise. Its links are relative to its own address.</summary>
internal static class AtomEndpoint
{
    public const string MediaType = "application/atom+xml";

    private const string Path = "/v1/search.atom";
    private const string Namespace = "http://www.w3.org/2005/Atom";

    private static readonly string[] Takes = [.. SearchParameters.Matching, SearchParameters.Sort, SearchParameters.Size];

    public static void MapAtom(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/search.atom", Methods.GetAndHead, FeedAsync)
            .WithName("feed")
            .WithTags("archive")
            .WithSummary("A query as a feed, newest first")
            .WithParameters(ParameterDescriptions.Of(Takes))
            .Produces<string>(StatusCodes.Status200OK, MediaType)
            .Produces(StatusCodes.Status304NotModified)
            .WithProblems(SearchProblems.Described);

    private static async Task<IResult> FeedAsync(HttpContext context, ArticleSearch search, IArticleIndex index, TimeProvider clock)
    {
        RequestReadResult read = SearchRequestReader.Read(RequestParameters.Of(context.Request), Takes);
        if (!read.Success)
        {
            return ProblemResult.Refused(read.Error);
        }

        SearchRequest request = read.Request with { Sort = read.Request.Sort ?? SortOrder.Newest, Snippets = 1, SnippetLength = 300 };
        SearchOutcome outcome = await search.SearchAsync(request, context.RequestAborted);
        if (outcome is not SearchOutcome.Found { Answer: { } answer })
        {
            return SearchProblems.Of(outcome, index);
        }

        string canonical = CanonicalQuery.Of(read.Request);
        string tag = Revalidation.Tag(answer.Results.Commit, Path + canonical, clock.GetLocalNow());
        if (!answer.Results.TimedOut)
        {
            if (Revalidation.Holds(context.Request, tag))
            {
                return Revalidation.NotModified(context.Response, tag);
            }

            Revalidation.Mark(context.Response, tag);
        }

        DateTimeOffset updated = index.State.Manifest?.BuiltAt ?? DateTimeOffset.UnixEpoch;
        return Results.Bytes(Feed(answer, canonical, updated), MediaType + "; charset=utf-8");
    }

    private static byte[] Feed(SearchAnswer answer, string canonical, DateTimeOffset updated)
    {
        using MemoryStream bytes = new();
        using (XmlWriter xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Namespace);
            Element(xml, "id", "urn:searchservice:feed:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)).AsSpan(0, 12)));
            Element(xml, "title", answer.Understood.Length == 0 ? "All articles" : answer.Understood);
            Element(xml, "updated", Instant(updated));
            Element(xml, "generator", "SearchService");
            Link(xml, "self", Path + canonical, MediaType);
            Link(xml, "alternate", PageAddress.Search(answer.Request), "text/html");
            Link(xml, "alternate", SearchEndpoint.Path + canonical, "application/json");
            foreach (Hit hit in answer.Results.Hits)
            {
                Entry(xml, hit, updated);
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Entry(XmlWriter xml, Hit hit, DateTimeOffset feedUpdated)
    {
        Article article = hit.Article;
        xml.WriteStartElement("entry", Namespace);
        Element(xml, "id", "urn:searchservice:article:" + article.Id);
        Element(xml, "title", article.Headline ?? "(no headline)");
        Element(xml, "updated", Instant(InstantOf(article.Date) ?? feedUpdated));
        // The page first: a reader that follows one link is followed by a person.
        Link(xml, "alternate", PageAddress.Article(article.Id), "text/html");
        Link(xml, "alternate", ArticleEndpoint.PathOf(article.Id.Value), "application/json");
        if (WebAddress.IsSafe(article.Url))
        {
            Link(xml, "related", article.Url, type: null);
        }

        xml.WriteStartElement("author", Namespace);
        Element(xml, "name", article.Byline ?? article.Source ?? "unknown");
        xml.WriteEndElement();
        foreach (string country in article.Countries)
        {
            xml.WriteStartElement("category", Namespace);
            xml.WriteAttributeString("term", country);
            xml.WriteEndElement();
        }

        if (hit.Snippets.Count != 0)
        {
            xml.WriteStartElement("summary", Namespace);
            xml.WriteAttributeString("type", "html");
            xml.WriteString(Valid(SnippetHtml.Of(hit.Snippets[0])));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text)
    {
        xml.WriteStartElement(name, Namespace);
        xml.WriteString(Valid(text));
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address, string? type)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", Valid(address));
        if (type is not null)
        {
            xml.WriteAttributeString("type", type);
        }

        xml.WriteEndElement();
    }

    // A feed wants an instant: the civil date's beginning, in UTC where no offset is printed or the type cannot hold it.
    private static DateTimeOffset? InstantOf(ArticleDate? date) => date switch
    {
        null => null,
        { Offset: { } offset, Local.Year: > 1 and < 9999 } when offset.Duration() <= TimeSpan.FromHours(14) => new DateTimeOffset(date.Value.Local, offset),
        { } d => new DateTimeOffset(d.Local, TimeSpan.Zero),
    };

    private static string Instant(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);

    // What XML 1.0 cannot hold (most controls, half characters) is shown as unreadable.
    private static string Valid(string text)
    {
        StringBuilder valid = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                valid.Append(text, i++, 2);
            }
            else
            {
                valid.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return valid.ToString();
    }
}
