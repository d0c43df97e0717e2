using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

public sealed class SearchRequestReaderTests
{
    [Theory]
    // Written back in canonical form: names, order, values, defaults left out.
    [InlineData("", "")]
    [InlineData("q=&from=&to=&country=&size=&match=", "")]
    [InlineData("q=oil price", "q=oil price")]
    [InlineData("Q=oil&MATCH=Any", "q=oil&match=any")]
    [InlineData("match=auto&size=20&facetSize=20&facetMode=multi&dateInterval=auto&snippets=3&snippetLength=160&explain=false", "")]
    [InlineData("size=0&facetSize=100&facetMode=strict&dateInterval=decade&snippets=10&snippetLength=40&explain", "size=0&facetSize=100&facetMode=strict&dateInterval=decade&snippets=10&snippetLength=40&explain=true")]
    [InlineData("country=ru&country=Azerbaijan&country=RU&country=-united states", "country=AZ&country=RU&country=-US")]
    [InlineData("people=B&dateline=A, AZ&person=-C&person=_missing&Language=EN", "location=A, AZ&person=B&person=_missing&person=-C&language=en")]
    [InlineData("byline=\\-Staff&byline=-\\x&byline=\\\\y", "byline=\\-Staff&byline=\\\\y&byline=-x")]
    [InlineData("date=2019&date=-P7d&date=TODAY&date=2019", "date=-P7D&date=2019&date=today")]
    [InlineData("date=-/1950&date=_missing&date=-_missing", "date=-/1950&date=-_missing&date=_missing")]
    [InlineData("from=2018-11&to=today&date=-2018-12", "date=-2018-12&from=2018-11&to=today")]
    [InlineData("sort=Oldest&cursor=abc", "sort=oldest&cursor=abc")]
    [InlineData("facet=people&facet=date&facet=person&facet=country", "facet=person&facet=date&facet=country")]
    [InlineData("ids=0123456789abcdef01234567,0123456789ABCDEF01234568&ids=0123456789abcdef01234567", "ids=0123456789abcdef01234567,0123456789abcdef01234568")]
    [InlineData("ids=0123456789abcdef01234567&size=20", "ids=0123456789abcdef01234567&size=20")]
    public void Read_Parameters_CanonicalRequest(string parameters, string canonical)
    {
        RequestReadResult result = SearchRequestReader.Read(Split(parameters));
        Assert.Null(result.Error);
        Assert.Equal(canonical, Join(SearchRequestWriter.ToParameters(result.Request!)));
    }

    [Theory]
    [InlineData("size=500", "bad-value", "size", "size must be 0 to 100, got 500")]
    [InlineData("size=-1", "bad-value", "size", "size must be 0 to 100, got -1")]
    [InlineData("size=ten", "bad-value", "size", "size must be 0 to 100, got ten")]
    [InlineData("size=99999999999999999999", "bad-value", "size", "size must be 0 to 100, got 99999999999999999999")]
    [InlineData("facetSize=0", "bad-value", "facetSize", "facetSize must be 1 to 100, got 0")]
    [InlineData("snippets=11", "bad-value", "snippets", "snippets must be 0 to 10, got 11")]
    [InlineData("snippetLength=39", "bad-value", "snippetLength", "snippetLength must be 40 to 1000, got 39")]
    [InlineData("match=some", "bad-value", "match", "match must be one of auto, all, any, got 'some'")]
    [InlineData("match=1", "bad-value", "match", "match must be one of auto, all, any, got '1'")]
    [InlineData("sort=date", "bad-value", "sort", "sort must be one of relevance, newest, oldest, got 'date'")]
    [InlineData("dateInterval=hour", "bad-value", "dateInterval", "dateInterval must be one of auto, day, week, month, quarter, year, decade, got 'hour'")]
    [InlineData("facetMode=both", "bad-value", "facetMode", "facetMode must be multi or strict, got 'both'")]
    [InlineData("explain=maybe", "bad-value", "explain", "explain must be true or false, got 'maybe'")]
    [InlineData("q=a&q=b", "duplicate-parameter", "q", "q is given 2 times, want it once")]
    [InlineData("size=10&Size=10", "duplicate-parameter", "size", "size is given 2 times, want it once")]
    [InlineData("country=Atlantis", "bad-value", "country", "unknown country 'Atlantis', want an ISO code such as AZ, or a country's name")]
    [InlineData("mentioned=-ZZ", "bad-value", "mentioned", "unknown country 'ZZ', want an ISO code such as AZ, or a country's name")]
    [InlineData("person=-", "bad-value", "person", "person takes values of 1 to 1024 characters, got 0")]
    [InlineData("date=yesterday", "bad-value", "date", "'yesterday' is not a date, want 2018, 2018-11, 2018-11-21, a range such as 2018/2019, today, P7D or _missing")]
    [InlineData("from=P7D", "bad-value", "from", "from must be a year, month or day such as 2018-11-21, or today, got 'P7D'")]
    [InlineData("to=2018/2019", "bad-value", "to", "to must be a year, month or day such as 2018-11-21, or today, got '2018/2019'")]
    [InlineData("from=2019&to=2018", "bad-value", "from", "the range 2019/2018 ends before it begins")]
    [InlineData("date=2018&to=2019", "bad-value", "date", "date cannot be given together with from and to, want one of them")]
    [InlineData("facet=contry", "bad-value", "facet", "unknown facet 'contry', nearest is 'country', want one of date, location, locationCountry, person, country, mentioned, place, source, language, byline, section, subject")]
    [InlineData("facet=headline", "bad-value", "facet", "unknown facet 'headline', want one of date, location, locationCountry, person, country, mentioned, place, source, language, byline, section, subject")]
    [InlineData("facet=date&facet=location&facet=locationCountry&facet=person&facet=country&facet=mentioned&facet=place&facet=source&facet=language&facet=byline&facet=section", "bad-value", "facet", "facet may be given 10 times, got 11")]
    [InlineData("ids=xyz", "bad-value", "ids", "an id has 24 hexadecimal digits, got 'xyz'")]
    [InlineData("ids=,", "bad-value", "ids", "ids takes 1 to 100 ids, got 0")]
    [InlineData("recency=30d", "not-available", "recency", "recency is not available yet, want sort=newest or a date")]
    [InlineData("contry=AZ", "unknown-parameter", "contry", "unknown parameter 'contry', nearest is 'country', want one of q, match, location, locationCountry, person, country, mentioned, place, source, language, byline, section, subject, date, from, to, …")]
    [InlineData("headline=x", "unknown-parameter", "headline", "headline is not a filter, want it in the query: q=headline:word")]
    [InlineData("=x", "unknown-parameter", "", "unknown parameter '', want one of q, match, location, locationCountry, person, country, mentioned, place, source, language, byline, section, subject, date, from, to, sort, size, cursor, ids, facet, …")]
    public void Read_Mistake_Refused(string parameters, string kind, string parameter, string message)
    {
        RequestError error = Assert.IsType<RequestError>(SearchRequestReader.Read(Split(parameters)).Error);
        Assert.Equal(new RequestError(kind, message, parameter), error);
        Assert.True(message.Length <= 200);
    }

    [Fact]
    public void Read_TooMuch_Refused()
    {
        static RequestError? Error(IEnumerable<KeyValuePair<string, string>> parameters) => SearchRequestReader.Read(parameters).Error;

        Assert.Equal("person takes 100 values, got 101", Error(Enumerable.Range(0, 101).Select(i => KeyValuePair.Create("person", $"p{i}")))?.Message);
        Assert.Equal("date takes 100 values, got 101", Error(Enumerable.Range(0, 101).Select(_ => KeyValuePair.Create("date", "2018")))?.Message);
        Assert.Equal("ids takes 1 to 100 ids, got 101", Error(Enumerable.Range(0, 101).Select(i => KeyValuePair.Create("ids", $"{i:x24}")))?.Message);
        Assert.Equal("person takes values of 1 to 1024 characters, got 1025", Error([KeyValuePair.Create("person", new string('x', 1025))])?.Message);
        Assert.Equal("person has half a character in it", Error([KeyValuePair.Create("person", "\uD800")])?.Message);
        Assert.InRange(Error([KeyValuePair.Create(new string('x', 100_000), "1")])!.Message.Length, 1, 200);
        Assert.InRange(Error([KeyValuePair.Create("size", new string('9', 100_000))])!.Message.Length, 1, 200);
    }

    [Fact]
    public void Read_EntryPointTakesLess_OthersUnknown()
    {
        KeyValuePair<string, string>[] parameters = Split("q=oil&country=AZ&format=csv");
        Assert.Equal(
            "unknown parameter 'format', want one of q, match, location, locationCountry, person, country, mentioned, place, source, language, byline, section, subject, date, from, to",
            SearchRequestReader.Read(parameters, SearchParameters.Matching).Error?.Message);
        Assert.True(SearchRequestReader.Read(parameters, SearchParameters.Matching, ["format"]).Success);
        Assert.Equal("unknown parameter 'size', want one of q, format", SearchRequestReader.Read(Split("size=3"), [SearchParameters.Text], ["format"]).Error?.Message);
        Assert.Equal("unknown parameter 'formt', nearest is 'format', want one of q, format", SearchRequestReader.Read(Split("formt=3"), [SearchParameters.Text], ["format"]).Error?.Message);
    }

    [Fact]
    public void Write_AnyRequest_ReadsBack()
    {
        Random random = new(1);
        for (int i = 0; i < 3_000; i++)
        {
            SearchRequest request = RandomRequest(random);
            IReadOnlyList<KeyValuePair<string, string>> written = SearchRequestWriter.ToParameters(request);
            RequestReadResult read = SearchRequestReader.Read(written);
            Assert.Null(read.Error);
            AssertEqual(request, read.Request!);
            Assert.Equal(written, SearchRequestWriter.ToParameters(read.Request!));
        }
    }

    [Fact]
    public void Read_RandomPairs_NeverThrows()
    {
        Random random = new(2);
        RandomQueries queries = new(3);
        string[] names = [.. SearchParameters.All, "people", "recency", "x"];
        for (int i = 0; i < 20_000; i++)
        {
            IEnumerable<KeyValuePair<string, string>> pairs = Enumerable
                .Range(0, random.Next(1, 4))
                .Select(_ => KeyValuePair.Create(random.Next(10) == 0 ? queries.Noise() : random.GetItems(names, 1)[0], random.Next(2) == 0 ? queries.Noise() : queries.Pasted()));
            RequestReadResult result = SearchRequestReader.Read(pairs);
            if (result.Success)
            {
                Assert.True(SearchRequestReader.Read(SearchRequestWriter.ToParameters(result.Request)).Success);
            }
            else
            {
                Assert.InRange(result.Error.Message.Length, 1, 200);
            }
        }
    }

    private static SearchRequest RandomRequest(Random random)
    {
        string[] values = ["A", "-b", "\\c", "_missing", "Baku, AZ", "Əliyev", "a&b=c"];
        string[] codes = ["AZ", "RU", "US", "_missing"];
        ArticleField[] fields = [.. ArticleSchema.ValueFields.Where(_ => random.Next(4) == 0)];
        ArticleId[]? ids = random.Next(4) == 0 ? [ArticleId.FromPath("b", 1), ArticleId.FromPath("a", random.Next())] : null;
        bool ends = random.Next(3) == 0;
        return new SearchRequest
        {
            Text = Pick(["", "oil", "\"oil price\" -gas", " x "]),
            Match = random.GetItems(Enum.GetValues<MatchMode>(), 1)[0],
            Filters = [.. fields.Select(f => new ValueFilter(f, Some(f), Some(f))).Where(f => f.AnyOf.Count + f.NoneOf.Count > 0)],
            Dates = [.. (ends ? new[] { "-2018", "-P7D" } : ["-2018", "2018-11", "_missing", "today"]).Where(_ => random.Next(2) == 0).Order(StringComparer.Ordinal)],
            From = ends ? Pick(["2018", "2018-11-21", null]) : null,
            To = ends ? Pick(["2019", "today", null]) : null,
            Sort = Pick([null, SortOrder.Relevance, SortOrder.Newest, (SortOrder?)SortOrder.Oldest]),
            Size = Pick([20, 0, 100, ids?.Length ?? 7]),
            Cursor = Pick([null, "abc"]),
            Ids = ids,
            Facets = [.. ArticleSchema.ValueFields.Append(ArticleSchema.Date).Where(_ => random.Next(4) == 0).Take(10)],
            FacetSize = random.Next(1, 101),
            StrictFacets = random.Next(2) == 0,
            DateInterval = random.GetItems(Enum.GetValues<DateInterval>(), 1)[0],
            Snippets = random.Next(11),
            SnippetLength = random.Next(40, 1001),
            Explain = random.Next(2) == 0,
        };

        string[] Some(ArticleField field) =>
            field == ArticleSchema.Language ? [] : [.. (field.HasCodes ? codes : values).Where(_ => random.Next(3) == 0).Order(StringComparer.Ordinal)];

        T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];
    }

    private static void AssertEqual(SearchRequest expected, SearchRequest actual)
    {
        Assert.Equal(expected.Filters.Select(f => f.Field), actual.Filters.Select(f => f.Field));
        Assert.All(expected.Filters.Zip(actual.Filters), pair =>
        {
            Assert.Equal(pair.First.AnyOf, pair.Second.AnyOf);
            Assert.Equal(pair.First.NoneOf, pair.Second.NoneOf);
        });
        Assert.Equal(expected.Dates, actual.Dates);
        Assert.Equal(expected.Ids, actual.Ids);
        Assert.Equal(expected.Facets, actual.Facets);
        Assert.Equal(
            expected with { Filters = actual.Filters, Dates = actual.Dates, Ids = actual.Ids, Facets = actual.Facets }, actual);
    }

    private static KeyValuePair<string, string>[] Split(string parameters) =>
    [
        .. parameters.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair.Length > 1 ? pair[1] : "")),
    ];

    private static string Join(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join('&', parameters.Select(p => $"{p.Key}={p.Value}"));
}
