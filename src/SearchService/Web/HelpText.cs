using Markdig;
using SearchService.Archive.Querying;

namespace SearchService.Web;

/// <summary>The description of the query language as HTML, made once.</summary>
internal static class HelpText
{
    public static string Html { get; } = Markdown.ToHtml(QueryLanguage.Markdown, new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build());
}
