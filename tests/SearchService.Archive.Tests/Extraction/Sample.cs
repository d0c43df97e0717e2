using SearchService.Archive.Articles;
using SearchService.Archive.Extraction;

namespace SearchService.Archive.Tests.Extraction;

/// <summary>Articles for the tests of this folder; all texts are written for them.</summary>
internal static class Sample
{
    public static readonly ArticleExtractor Extractor = new();

    public static readonly Gazetteer Gazetteer = Gazetteer.Load();

    public static readonly Lexicon Lexicon = Lexicon.Load();

    /// <summary>A plain text as a reader gives it.</summary>
    public static Article Plain(string text, string path = "wire/story.txt") => new()
    {
        Id = ArticleId.FromPath(path, 0),
        Origin = new ArticleOrigin(path, 0, "text", "utf-8"),
        SourceText = text.ReplaceLineEndings("\n"),
    };

    /// <summary>A record with fields as a reader gives it.</summary>
    public static Article Fields(string body, DeclaredFields? declared = null, string path = "wire/story.json") => new()
    {
        Id = ArticleId.FromPath(path, 0),
        Origin = new ArticleOrigin(path, 0, "json", "utf-8"),
        Body = body,
        Declared = declared ?? DeclaredFields.None,
    };

    public static Article Extract(string text, string path = "wire/story.txt") => Extractor.Extract(Plain(text, path));

    /// <summary>The people of one or more sentences, as "Name" or "Name:mentions".</summary>
    public static string People(string body, string? headline = null) => string.Join(
        "; ", Extractor.Extract(Fields(body, new DeclaredFields { Headline = headline })).People.Select(p => p.Mentions == 1 ? p.Name : $"{p.Name}:{p.Mentions}"));

    /// <summary>The text a finding points at.</summary>
    public static string Evidence(Article article, Finding finding) => (finding.In switch
    {
        FindingIn.Headline => article.Headline!,
        FindingIn.Body => article.Body,
        FindingIn.Source => article.SourceText!,
        _ => "",
    }).Substring(finding.Start, finding.Length);

    /// <summary>A story in the shape of an agency's plain text.</summary>
    public const string Agency = """
        Water ministers of four countries open talks in Almaty

        3 May 2019 09:05 (UTC+06:00)

        Baku, Azerbaijan, May 3

        Meridian:

        Ministers responsible for water met in Almaty May 3 to discuss the level of the Caspian Sea.cc

        Azerbaijan is represented by Minister of Ecology Mukhtar Babayev and President`s Assistant for Economic Reforms, department head Natig Amirov.

        Opening the meeting, Kazakhstan’s Deputy Prime Minister Askar Mamin said that the sea had fallen by half a metre since 2010.

        Mamin stressed that the “Blue Shore” programme and the Caspian Fund (CF) had been agreed in Baku.

        Chairman of the Basin Executive Committee Sergei Orlov, acting Secretary General of the Regional Water Council (RWC) Valentina Petrenko and guests took part.
        """;
}
