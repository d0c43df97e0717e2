using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Tests.Columns;

public class SegmentColumnsTests
{
    [Fact]
    public void Values_OfTheSameSegment_AreLoadedOnce()
    {
        using SegmentFixture fixture = SegmentFixture.OfValues([["a"]], [["b"]]);
        SegmentColumns columns = new();
        ValueColumn first = columns.Values(fixture.Segments[0], "v");
        Assert.Same(first, columns.Values(fixture.Segments[0], "v"));
        Assert.NotSame(first, columns.Values(fixture.Segments[1], "v"));
    }
}
