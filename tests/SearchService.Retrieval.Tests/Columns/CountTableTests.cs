using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Tests.Columns;

public sealed class CountTableTests
{
    /// <summary>Counters, and of them those that go beyond a byte: none but the last, parts of a step, several steps.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 0)]
    [InlineData(65, 3)]
    [InlineData(1000, 130)]
    public void Counters_AgreeWithPlainOnes(int places, int heavy)
    {
        for (int round = 0; round < 3; round++)
        {
            int[] expected = new int[places];
            Random random = new(places + round);
            CountTable table = CountTable.Rent(places, heavy);
            for (int i = 0; i < 3 * places; i++)
            {
                int place = random.Next(places);
                int count = place < heavy ? random.Next(700) : 1;
                if (place >= heavy && expected[place] == byte.MaxValue)
                {
                    continue;
                }

                expected[place] += count + (place < heavy ? 300 : 0);
                table.Add(place, count);
                for (int more = place < heavy ? 300 : 0; more > 0; more--)
                {
                    table.Each.Increment(place);
                }
            }

            Assert.Equal(expected, Enumerable.Range(0, places).Select(p => table[p]));
            Assert.Equal(expected.Skip(1).Count(c => c > 0), table.CountNonZero(1));
            Assert.Equal(Enumerable.Range(0, places).Where(p => expected[p] > 0), table.NonZero().ToArray());
            Assert.Equal(Enumerable.Range(0, places).Where(p => expected[p] == 1), table.Ones().ToArray());
            Assert.Equal(Enumerable.Range(0, places).Where(p => expected[p] >= 2), table.AtLeast(2).ToArray());
            foreach (int least in (int[])[1, 2, 255, 256, 900])
            {
                foreach (int end in (int[])[places, places / 2])
                {
                    List<int> found = [];
                    for (int place = table.Next(0, least, end); place < end; place = table.Next(place + 1, least, end))
                    {
                        found.Add(place);
                    }

                    Assert.Equal(Enumerable.Range(0, end).Where(p => expected[p] >= least), found);
                }
            }

            table.Return();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(0.02)]
    [InlineData(0.2)]
    [InlineData(1)]
    public unsafe void Numbers_OfASet_AreThoseOfItsBits(double share)
    {
        Random random = new(5);
        DocBits bits = new(40_000);
        List<int> expected = [];
        for (int doc = 0; doc < bits.Length; doc++)
        {
            if (random.NextDouble() < share)
            {
                bits.Add(doc);
                expected.Add(doc);
            }
        }

        int[] numbers = new int[bits.Length + DocNumbers.Room];
        Assert.Equal(expected, numbers[..DocNumbers.Fill(bits.Words, numbers)]);
        fixed (ulong* words = bits.Words)
        fixed (int* docs = numbers)
        {
            Assert.Equal(expected, numbers[..DocNumbers.FillByFours(words, bits.Words.Length, docs)]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void Top_AgreesWithASort(int size)
    {
        int[] counts = [.. Enumerable.Range(0, 400).Select(i => new Random(i).Next(1, 40))];
        TopValues top = new(size, counts.Length);
        for (int ordinal = 0; ordinal < counts.Length; ordinal++)
        {
            if (counts[ordinal] >= top.Least)
            {
                top.Add(ordinal, counts[ordinal]);
            }
        }

        Assert.Equal(Enumerable.Range(0, counts.Length).OrderByDescending(i => counts[i]).ThenBy(i => i).Take(size), top.Ordinals());
    }

    /// <summary>Values and the highest count of one: all low, some high, many high.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(300, 5)]
    [InlineData(300, 270)]
    [InlineData(300, 100_000)]
    public void Sorted_AgreesWithASort(int values, int highest)
    {
        Random random = new(values + highest);
        int[] counts = [.. Enumerable.Range(0, values).Select(_ => random.Next(3) * random.Next(highest + 1))];
        Assert.Equal(Enumerable.Range(0, values).Where(i => counts[i] > 0).OrderByDescending(i => counts[i]).ThenBy(i => i), TopValues.Sorted(counts));
    }
}
