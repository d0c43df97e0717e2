using SearchService.Retrieval.Columns;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.Columns;

public class DocBitsTests
{
    public static TheoryData<int> Lengths => [0, 1, 63, 64, 65, 127, 128, 500, 1000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Operations_AgreeWithSets(int length)
    {
        Random random = new(length);
        for (int round = 0; round < 20; round++)
        {
            (DocBits left, HashSet<int> leftSet) = Make(random, length);
            (DocBits right, HashSet<int> rightSet) = Make(random, length);
            Same(leftSet.Intersect(rightSet), Apply(left, b => b.And(right)));
            Same(leftSet.Union(rightSet), Apply(left, b => b.Or(right)));
            Same(leftSet.Except(rightSet), Apply(left, b => b.AndNot(right)));
            Same(Enumerable.Range(0, length).Except(leftSet), Apply(left, b => b.Invert()));
            Assert.Equal(leftSet.Intersect(rightSet).Count(), left.CountAnd(right));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Ranges_AgreeWithSets(int length)
    {
        Random random = new(length);
        for (int round = 0; round < 50; round++)
        {
            (DocBits bits, HashSet<int> set) = Make(random, length);
            int start = random.Next(length + 1);
            int end = random.Next(start, length + 1);
            Assert.Equal(set.Count(d => d >= start && d < end), bits.CountRange(start, end));
            Same(set.Union(Enumerable.Range(start, end - start)), Apply(bits, b => b.AddRange(start, end)));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void NextAndPrevious_WalkTheSet(int length)
    {
        (DocBits bits, HashSet<int> set) = Make(new Random(length), length);
        List<int> backwards = [];
        for (int doc = bits.Previous(length - 1); doc >= 0; doc = bits.Previous(doc - 1))
        {
            backwards.Add(doc);
        }

        Assert.Equal(set.OrderDescending(), backwards);
        Same(set, bits);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void NextAndPreviousAnd_WalkWhatTwoSetsShare(int length)
    {
        Random random = new(length);
        (DocBits bits, HashSet<int> set) = Make(random, length);
        (DocBits other, HashSet<int> otherSet) = Make(random, length);
        set.IntersectWith(otherSet);
        List<int> forwards = [];
        for (int doc = bits.NextAnd(other, 0); doc >= 0; doc = bits.NextAnd(other, doc + 1))
        {
            forwards.Add(doc);
        }

        List<int> backwards = [];
        for (int doc = bits.PreviousAnd(other, length - 1); doc >= 0; doc = bits.PreviousAnd(other, doc - 1))
        {
            backwards.Add(doc);
        }

        Assert.Equal(set.Order(), forwards);
        Assert.Equal(set.OrderDescending(), backwards);
        Assert.Equal(set.Count, bits.CountRangeAnd(other, 0, length));
    }

    [Fact]
    public void And_OfAnotherSegment_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new DocBits(64).And(new DocBits(65)));

    [Fact]
    public void All_HasEveryDocumentAndNoMore() => Assert.Equal(65, DocBits.All(65).Count());

    [Theory]
    [MemberData(nameof(Lengths))]
    public void SetsOfSegments_GoToOneOverTheReader_AndBack(int length)
    {
        Random random = new(length);
        int[] lengths = [random.Next(100), length, random.Next(200), length];
        (DocBits Bits, HashSet<int> Set)[] segments = [.. lengths.Select(l => Make(random, l))];
        DocSet all = new(lengths.Sum());
        int start = 0;
        foreach ((DocBits bits, HashSet<int> set) in segments)
        {
            bits.AddTo(all, start);
            Assert.Equal(set.Count, all.Count(start, start + bits.Length));
            start += bits.Length;
        }

        start = 0;
        foreach ((DocBits bits, HashSet<int> set) in segments)
        {
            Same(set, DocBits.Of(all, start, bits.Length));
            start += bits.Length;
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => DocBits.Of(all, all.Length, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DocBits(1).AddTo(all, all.Length));
    }

    private static (DocBits Bits, HashSet<int> Set) Make(Random random, int length)
    {
        DocBits bits = new(length);
        HashSet<int> set = [];
        double share = random.NextDouble();
        for (int doc = 0; doc < length; doc++)
        {
            if (random.NextDouble() < share)
            {
                bits.Add(doc);
                set.Add(doc);
            }
        }

        return (bits, set);
    }

    private static DocBits Apply(DocBits bits, Action<DocBits> change)
    {
        DocBits copy = bits.Copy();
        change(copy);
        return copy;
    }

    private static void Same(IEnumerable<int> expected, DocBits bits)
    {
        List<int> documents = [];
        for (int doc = bits.Next(0); doc >= 0; doc = bits.Next(doc + 1))
        {
            documents.Add(doc);
        }

        Assert.Equal(expected.Order(), documents);
        Assert.Equal(documents.Count, bits.Count());
    }
}
