using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Archive.Tests.Querying;

public sealed class CursorTests
{
    private static readonly Cursor Sample = new(new CommitId(7, 2, 9), new SearchAfter(-5, 1_000_000), new DateOnly(2024, 2, 29), 0xFEDCBA9876543210);

    [Fact]
    public void ToString_AnyCursor_ReadsBack()
    {
        Random random = new(1);
        for (int i = 0; i < 1_000; i++)
        {
            Cursor cursor = new(
                new CommitId(random.NextInt64(1, long.MaxValue), random.NextInt64(1, long.MaxValue), (uint)random.Next()),
                new SearchAfter(random.NextInt64(long.MinValue, long.MaxValue), random.Next()),
                DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber + 1)),
                (ulong)random.NextInt64());
            string text = cursor.ToString();
            Assert.Equal(Cursor.TextChars, text.Length);
            Assert.True(Cursor.TryParse(text, out Cursor read));
            Assert.Equal(cursor, read);
        }
    }

    [Fact]
    public void TryParse_TenThousandTampered_AllRefused()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ .\0é";
        Random random = new(2);
        string text = Sample.ToString();
        for (int i = 0; i < 10_000; i++)
        {
            char[] chars = text.ToCharArray();
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                chars[random.Next(chars.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            string tampered = new(chars);
            Assert.True(tampered == text || !Cursor.TryParse(tampered, out _), tampered);
        }
    }

    [Fact]
    public void TryParse_AnotherShape_Refused()
    {
        string text = Sample.ToString();
        Assert.True(Cursor.TryParse(text, out _));
        Assert.False(Cursor.TryParse(null, out _));
        Assert.False(Cursor.TryParse("", out _));
        Assert.False(Cursor.TryParse(text[..^1], out _));
        Assert.False(Cursor.TryParse(text + "A", out _));
        Assert.False(Cursor.TryParse(text + "=", out _));
        Assert.False(Cursor.TryParse(new string('A', 1_000_000), out _));
        Assert.False(Cursor.TryParse((Sample with { Commit = default }).ToString(), out _));
        Assert.False(Cursor.TryParse((Sample with { After = new SearchAfter(0, -1) }).ToString(), out _));
    }

    [Fact]
    public void HashOf_Request_DependsOnWhatDecidesTheHits()
    {
        SearchRequest request = new() { Text = "oil", Filters = [new ValueFilter(ArticleSchema.Country, ["AZ"], [])], Ids = [ArticleId.FromPath("a", 0)] };
        ulong hash = Cursor.HashOf(request);
        Assert.Equal(hash, Cursor.HashOf(request with
        {
            Size = 50,
            Cursor = "x",
            Snippets = 0,
            SnippetLength = 80,
            Explain = true,
            Facets = [ArticleSchema.Person],
            FacetSize = 5,
            StrictFacets = true,
            DateInterval = DateInterval.Year,
        }));
        SearchRequest[] others =
        [
            request with { Text = "oil " },
            request with { Match = MatchMode.Any },
            request with { Filters = [] },
            request with { Filters = [new ValueFilter(ArticleSchema.Country, [], ["AZ"])] },
            request with { Filters = [new ValueFilter(ArticleSchema.Mentioned, ["AZ"], [])] },
            request with { Dates = ["2018"] },
            request with { From = "2018" },
            request with { To = "2018" },
            request with { Sort = SortOrder.Newest },
            request with { Ids = null },
        ];
        Assert.Equal(others.Length + 1, others.Append(request).Select(Cursor.HashOf).Distinct().Count());
    }
}
