using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace SearchService.Evaluation;

/// <summary>One story of Reuters-21578 with its human tags, as they stand in the file.</summary>
internal sealed record ReutersStory(string Id, string Date, string? Title, string? Dateline, string Body, string[] Places, string[] People, bool IsTest);

/// <summary>Reads the SGML files of Reuters-21578: only the elements that the evaluation needs, apart from the program's own reader.</summary>
internal static partial class ReutersGold
{
    public static IEnumerable<ReutersStory> Read(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.sgm").Order(StringComparer.Ordinal))
        {
            string text = File.ReadAllText(file, Encoding.Latin1);
            foreach (Match story in Story().Matches(text))
            {
                string inner = story.Groups["inner"].Value;
                string body = Element(inner, "BODY") ?? TypedText(inner);
                yield return new ReutersStory(
                    NewId().Match(story.Groups["attributes"].Value).Groups[1].Value,
                    Element(inner, "DATE") ?? "",
                    Element(inner, "TITLE"),
                    Element(inner, "DATELINE"),
                    body,
                    Tags(inner, "PLACES"),
                    Tags(inner, "PEOPLE"),
                    story.Groups["attributes"].Value.Contains("LEWISSPLIT=\"TEST\"", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>Text of stories without BODY: what is left of TEXT without its other elements.</summary>
    private static string TypedText(string inner)
    {
        int start = inner.IndexOf("<TEXT", StringComparison.Ordinal);
        int end = inner.IndexOf("</TEXT>", StringComparison.Ordinal);
        if (start < 0 || end < start)
        {
            return "";
        }

        string text = inner[(inner.IndexOf('>', start) + 1)..end];
        return Clean(Known().Replace(text, ""));
    }

    private static string[] Tags(string inner, string element) =>
        Element(inner, element) is { Length: > 0 } tags ? [.. Tag().Matches(tags).Select(m => m.Groups[1].Value)] : [];

    private static string? Element(string inner, string name)
    {
        int start = inner.IndexOf($"<{name}>", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += name.Length + 2;
        int end = inner.IndexOf($"</{name}>", start, StringComparison.Ordinal);
        return end < 0 ? null : name is "PLACES" or "PEOPLE" ? inner[start..end] : Clean(inner[start..end]);
    }

    private static string Clean(string text) => WebUtility.HtmlDecode(text).Replace('\u0003', ' ').Replace('\u0005', ' ').Replace('\u001f', ' ');

    [GeneratedRegex("<REUTERS(?<attributes>[^>]*)>(?<inner>.*?)</REUTERS>", RegexOptions.Singleline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Story();

    [GeneratedRegex("NEWID=\"(\\d+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NewId();

    [GeneratedRegex("<D>([^<]*)</D>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("<(TITLE|DATELINE|AUTHOR)>.*?</\\1>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Known();
}
