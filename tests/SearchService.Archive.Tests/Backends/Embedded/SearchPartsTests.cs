using SearchService.Archive.Backends.Embedded;

namespace SearchService.Archive.Tests.Backends.Embedded;

public class SearchPartsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void Run_DoesEachPartOnce(int count)
    {
        for (int round = 0; round < 200; round++)
        {
            int[] done = new int[count];
            SearchParts.Run(count, i => Interlocked.Increment(ref done[i]), share: round % 4 > 0);
            Assert.All(done, d => Assert.Equal(1, d));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_ThrowsWhatAPartThrows_AndLeavesNoneUnderWay(bool share)
    {
        for (int round = 0; round < 200; round++)
        {
            int underWay = 0;
            int begun = 0;
            InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => SearchParts.Run(
                30,
                i =>
                {
                    Interlocked.Increment(ref underWay);
                    Interlocked.Increment(ref begun);
                    if (i == 5)
                    {
                        Interlocked.Decrement(ref underWay);
                        throw new InvalidOperationException("part 5");
                    }

                    Thread.SpinWait(200);
                    Interlocked.Decrement(ref underWay);
                },
                share));
            Assert.Equal("part 5", thrown.Message);
            Assert.Equal(0, underWay);
            Assert.InRange(begun, 6, share ? 30 : 6);
        }
    }

    [Fact]
    public void MayShare_IsFalseBesideAnotherSearch()
    {
        SearchParts.Begin();
        SearchParts.Begin();
        try
        {
            Assert.False(SearchParts.MayShare);
        }
        finally
        {
            SearchParts.End();
            SearchParts.End();
        }
    }

    /// <summary>Other tests search too, and then nothing is shared: tried until one does not.</summary>
    [SkippableFact]
    public void Run_LetsASecondThreadTakeParts()
    {
        Skip.If(Environment.ProcessorCount < 2, "a single core");
        for (int attempt = 0; attempt < 2000; attempt++)
        {
            HashSet<int> threads = [];
            SearchParts.Run(
                2,
                _ =>
                {
                    lock (threads)
                    {
                        threads.Add(Environment.CurrentManagedThreadId);
                    }

                    Thread.Sleep(5);
                },
                share: true);
            if (threads.Count == 2)
            {
                return;
            }
        }

        Assert.Fail("one thread did all parts");
    }
}
