using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

/// <summary>Queries made to hurt: each is refused at once or has a small plan.</summary>
public sealed class AdversarialQueryTests
{
    private static readonly DateOnly Today = new(2024, 2, 29);

    public static TheoryData<string, bool> Queries => new()
    {
        { "*a????????????????", false },
        { "a*b*c*d*e*", false },
        { "*a*b*c*", false },
        { "???", false },
        { "/(a|b)*a(a|b){14}/", false },
        { Repeat("ab~ ", 50), false },
        { Repeat("abc~2 ", 50), false },
        { Repeat("a OR ", 1_025) + "a", false },
        { Repeat("a ", 256), false },
        { Repeat("(", 32_000), false },
        { Repeat("(", 32_000) + "a" + Repeat(")", 32_000), false },
        { Repeat("-(", 200) + "a" + Repeat(")", 200), false },
        { Repeat("headline:(", 50) + "a", false },
        { Repeat("NOT ", 120) + "a", false },
        { Repeat("\"", 511), false },
        { Repeat("a", 1_000_000), false },
        { $"\"{Repeat("the ", 100)}\"", false },
        { "\"a b\"~2147483647", false },
        { "\"a b\"~99999999999999999999", false },
        { "a^1e38", false },
        { "a^NaN", false },
        { "a^-1", false },
        { Repeat("gov* ", 3), false },
        { "date:0001/9999", true },
        { "date:P9999Y", true },
        { "date:0000/9999", false },
        { "date:99999999999999999999", false },
        { Repeat("the ", 32).Trim(), true },
        { "\"" + Repeat("the ", 16).Trim() + "\"", true },
        { Repeat(":", 512), false },
        { "a" + Repeat(":", 511), true },
        { Repeat("a:", 256), false },
        { Repeat("\u0301", 512), false },
        { "a" + Repeat("\u0301", 511), true },
        { Repeat("😀", 256), false },
        { Repeat("\u202E", 512), false },
        { Repeat("\0", 512), false },
        { "<script>alert(1)</script>", true },
        { "'; DROP TABLE articles; --", true },
        { "%00%0d%0aSet-Cookie:x=1", true },
        { "${jndi:ldap://example.org/a}", true },
        { "{{7*7}}", false },
        { "../../../../etc/passwd", true },
        { "[* TO *]", false },
        { "_exists_:date", true },
        { "{!xmlparser v='<a/>'}", true },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void Parse_Hostile_RefusedOrSmall(string text, bool understood)
    {
        long start = Stopwatch.GetTimestamp();
        QueryParseResult result = QueryParser.Parse(text);
        Assert.True(understood == result.Success, $"{result.Error}{result.Query}");
        if (result.Success)
        {
            PlanNode node = QueryPlanner.Plan(result.Query, MatchMode.Any, Today).Node;
            Assert.InRange(Count(node), 1, 40);
        }
        else
        {
            Assert.InRange(result.Error.Message.Length, 1, 200);
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Parse_FullLength_TakesMicroseconds()
    {
        string[] texts = [Repeat("a \"b c\" ", 10) + "d", Repeat("(a OR ", 7) + "b" + Repeat(")", 7), Repeat("-", 511) + "a", Repeat("(", 512), Repeat("a^", 256)];
        foreach (string text in texts)
        {
            _ = QueryParser.Parse(text);
            long before = GC.GetAllocatedBytesForCurrentThread();
            _ = QueryParser.Parse(text);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("az-Latn-AZ")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void Everything_InAnyCulture_IsTheSame(string culture)
    {
        static string[] Answers()
        {
            RandomQueries random = new(21);
            List<string> answers = [];
            string[] own = ["TITLE:IRAK COUNTRY:ITALY LANGUAGE:IT", "gas^2.5", "date:P7D date:2018-11", "ISTAN* İSTAN*", "IN oil", "INTO oil", "country:\"virgin islands (us)\""];
            foreach (string text in own.Concat(Enumerable.Range(0, 500).Select(i => i % 2 == 0 ? random.Valid() : random.Damaged())))
            {
                QueryParseResult result = QueryParser.Parse(text);
                answers.Add(result.Success
                    ? $"{result.Query} {QueryPlanner.Plan(result.Query, MatchMode.Any, Today)} {JsonSerializer.Serialize(QueryPlanner.Plan(result.Query, MatchMode.Any, Today).Warnings)}"
                    : result.Error.ToString());
            }

            RequestReadResult read = SearchRequestReader.Read(
                [new("SIZE", "50"), new("DATELINE", "Iğdır"), new("COUNTRY", "INDIA"), new("LANGUAGE", "IT"), new("DATEINTERVAL", "DECADE"), new("FACET", "MENTIONED")]);
            answers.AddRange(SearchRequestWriter.ToParameters(read.Request!).Select(p => $"{p.Key}={p.Value}"));
            return [.. answers];
        }

        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            string[] expected = Answers();
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, Answers());
            Assert.Contains("headline:IRAK country:IT language:it", expected[0], StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [SkippableFact]
    public void Parse_NaughtyStrings_NeverThrows()
    {
        string? data = Environment.GetEnvironmentVariable("SEARCHSERVICE_DATA");
        string path = Path.Combine(data ?? "", "hostile", "blns", "blns.json");
        Skip.If(data is null || !File.Exists(path), "SEARCHSERVICE_DATA is not set or has no hostile/blns/blns.json");
        string[] strings = JsonSerializer.Deserialize<string[]>(File.ReadAllText(path))!;
        Assert.NotEmpty(strings);
        Assert.All(strings, text =>
        {
            QueryParseResult result = QueryParser.Parse(text);
            Assert.True(!result.Success || QueryParser.Parse(result.Query.ToString()).Success, text);
        });
    }

    private static int Count(PlanNode node) => node switch
    {
        AndNode and => and.Nodes.Sum(Count),
        OrNode or => or.Nodes.Sum(Count),
        NotNode not => Count(not.Node),
        _ => 1,
    };

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
