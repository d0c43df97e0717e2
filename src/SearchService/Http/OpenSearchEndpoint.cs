using System.Text;
using System.Xml;

namespace SearchService.Http;

/// <summary><c>/opensearch.xml</c>: lets a browser add the archive to its search box (OpenSearch 1.1, which wants absolute addresses).</summary>
internal static class OpenSearchEndpoint
{
    public const string Path = "/opensearch.xml";
    public const string MediaType = "application/opensearchdescription+xml";

    private const string Namespace = "http://a9.com/-/spec/opensearch/1.1/";

    public static void MapOpenSearch(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, Methods.GetAndHead, (HttpRequest request) => Results.Bytes(Description(request), MediaType + "; charset=utf-8"))
            .ExcludeFromDescription();

    private static byte[] Description(HttpRequest request)
    {
        string root = $"{request.Scheme}://{request.Host.ToUriComponent()}";
        using MemoryStream bytes = new();
        using (XmlWriter xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("OpenSearchDescription", Namespace);
            xml.WriteElementString("ShortName", Namespace, "SearchService");
            xml.WriteElementString("Description", Namespace, "Search the news archive");
            xml.WriteElementString("InputEncoding", Namespace, "UTF-8");
            Url(xml, "text/html", root + "/?q={searchTerms}");
            Url(xml, AtomEndpoint.MediaType, root + "/v1/search.atom?q={searchTerms}");
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Url(XmlWriter xml, string type, string template)
    {
        xml.WriteStartElement("Url", Namespace);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("template", template);
        xml.WriteEndElement();
    }
}
