using SearchService.Archive.Extraction;

namespace SearchService.Archive.Tests.Extraction;

public class PathDatesTests
{
    [Theory]
    [InlineData("http://example.org/world/2018/11/21/story.html", "2018-11-21")]
    [InlineData("http://example.org/2018-11-21-story", "2018-11-21")]
    [InlineData("http://example.org/news/20181121/story", "2018-11-21")]
    [InlineData("http://example.org/2018/11/story", "2018-11")]
    [InlineData("http://example.org/2018/nov/21/story", "2018-11-21")]
    [InlineData("http://example.org/story-123456789", null)]
    [InlineData("http://example.org/20181399/story", null)]
    [InlineData("http://example.org/2018/story", null)]
    [InlineData("http://example.org/?d=2018/11/21", null)]
    [InlineData("http://20181121.example.org/", null)]
    [InlineData(null, null)]
    public void FromUrl_GivesTheDayInThePath(string? url, string? expected) => Assert.Equal(expected, PathDates.FromUrl(url)?.Value);

    [Theory]
    [InlineData("2018-11-21-moscow.txt", "2018-11-21")]
    [InlineData("archive/20181121.txt", "2018-11-21")]
    [InlineData("archive/20181121_142000.txt", "2018-11-21")]
    [InlineData("archive/2018/11/21/0001.txt", "2018-11-21")]
    [InlineData("archive/2018_11_21.txt", "2018-11-21")]
    [InlineData("archive/1987.zip!/wire/0412.txt", "1987")]
    [InlineData("archive/1987/story.txt", "1987")]
    [InlineData("archive/1987-02/story.txt", "1987-02")]
    [InlineData("archive/reut2-000.sgm", null)]
    [InlineData("archive/story-1984.txt", null)]
    [InlineData("2018-02-30.txt", null)]
    [InlineData("0412.txt", null)]
    public void FromPath_GivesTheFinestDate(string path, string? expected) => Assert.Equal(expected, PathDates.FromPath(path)?.Value);
}
