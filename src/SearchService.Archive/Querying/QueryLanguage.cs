using System.Text;

namespace SearchService.Archive.Querying;

/// <summary>The users' page on the query language.</summary>
public static class QueryLanguage
{
    private static readonly Lazy<string> Text = new(Load);

    /// <summary>The page as Markdown: headings, paragraphs, tables and code. What its tables show is tested.</summary>
    public static string Markdown => Text.Value;

    private static string Load()
    {
        using Stream stream = typeof(QueryLanguage).Assembly.GetManifestResourceStream("QueryLanguage.md")
            ?? throw new InvalidOperationException("resource QueryLanguage.md is missing");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
