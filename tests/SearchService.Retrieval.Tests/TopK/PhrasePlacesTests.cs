using System.Runtime.InteropServices;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.Tests.Postings;
using SearchService.Retrieval.TopK;

namespace SearchService.Retrieval.Tests.TopK;

/// <summary>Two terms' positions in a block of documents, against sets of positions.</summary>
public sealed unsafe class PhrasePlacesTests : IDisposable
{
    private const int Docs = 128;
    private const int Column = 256;
    private const int Shift = 7;

    private readonly byte* _first = (byte*)NativeMemory.AllocZeroed(1 << 22);
    private readonly byte* _second = (byte*)NativeMemory.AllocZeroed(1 << 22);
    private readonly int* _freqs = (int*)NativeMemory.AllocZeroed(1024);
    private readonly int* _room = (int*)NativeMemory.AllocZeroed(5 * Column * sizeof(int));
    private readonly int* _target = (int*)NativeMemory.AllocZeroed(1 << 22);

    private int* Indexes => _room;

    private int* Begins => _room + Column;

    private int* Freqs => _room + (2 * Column);

    private int* Counts => _room + (3 * Column);

    private int* TargetBegins => _room + (4 * Column);

    public static TheoryData<int, int, int> Shapes => new()
    {
        // the most positions of the first and of the second term, the highest position
        { 1, 1, 3 },
        { 2, 20, 40 },
        { 5, 16, 60 },
        { 17, 17, 60 },
        { 40, 3, 300 },
        { 16, 90, 200 },
        { 60, 200, 400 },
        { 300, 3000, 5000 },
        { 3, 4, 1 << 24 },
        { 3, 4, int.MaxValue / 2 },
    };

    public void Dispose()
    {
        NativeMemory.Free(_first);
        NativeMemory.Free(_second);
        NativeMemory.Free(_freqs);
        NativeMemory.Free(_room);
        NativeMemory.Free(_target);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Places_are_the_common_ones(int mostFirst, int mostSecond, int highest)
    {
        Random random = new(mostFirst + mostSecond);
        foreach (int docs in (int[])[1, 2, 16, 17, 127, Docs])
        {
            int[][] first = Positions(random, docs, mostFirst, highest);
            int[][] second = Positions(random, docs, mostSecond, highest);
            BlockPositions a = Open(first, _first);
            BlockPositions b = Open(second, _second);
            foreach (int count in (int[])[1, Math.Min(3, docs), docs])
            {
                int[] chosen = [.. Enumerable.Range(0, docs).OrderBy(_ => random.Next()).Take(count).Order()];
                chosen.CopyTo(new Span<int>(Indexes, count));
                int[][] expected = [.. chosen.Select(i => first[i].Select(p => p + 1).Intersect(second[i]).ToArray())];
                int* places = a.Decode(Indexes, count, 1, Begins, Freqs);
                PhrasePlaces.Count(places, Begins, Freqs, b, Indexes, count, Counts);
                Assert.Equal(expected.Select(e => e.Length), new Span<int>(Counts, count).ToArray());
                foreach (bool scalar in (bool[])[false, true])
                {
                    new Span<int>(Counts, count).Clear();
                    int end = scalar
                        ? PhrasePlaces.NarrowScalar(places, Begins, Freqs, b, Indexes, count, Counts, _target, TargetBegins, 5, Shift)
                        : PhrasePlaces.Narrow(places, Begins, Freqs, b, Indexes, count, Counts, _target, TargetBegins, 5, Shift);
                    Assert.Equal(5 + expected.Sum(e => e.Length), end);
                    for (int c = 0; c < count; c++)
                    {
                        Assert.Equal(expected[c].Select(p => p + Shift), new Span<int>(_target + TargetBegins[c], Counts[c]).ToArray());
                    }
                }
            }
        }
    }

    [SkippableFact]
    public void No_variant_reads_further_than_it_may()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "memory is guarded by a call of Linux");
        using GuardedMemory memory = new(1 << 16);
        for (int freq = 1; freq < 70; freq++)
        {
            int bytes = (freq * 9 + 7) / 8;
            *_freqs = freq;
            BlockPositions positions = new();
            Assert.True(positions.Open(memory.End - bytes - BitPacking.ReadAhead, bytes, 9, _freqs, 1, grouped: true));
            *Indexes = 0;
            int* places = positions.Decode(Indexes, 1, 0, Begins, Freqs);
            PhrasePlaces.Count(places, Begins, Freqs, positions, Indexes, 1, Counts);
            Assert.Equal(1, *Counts);
            Assert.Equal(1, PhrasePlaces.Narrow(places, Begins, Freqs, positions, Indexes, 1, Counts, _target, TargetBegins, 0, 0));
        }
    }

    [Theory]
    [InlineData(33, 1, 100)]
    [InlineData(9, 100, 112)]
    [InlineData(9, -1, 100)]
    [InlineData(25, 1 << 27, 1 << 20)]
    [InlineData(0, 1 << 21, 100)]
    public void Open_refuses_positions_that_are_not_there(int width, int freq, int bytes)
    {
        _freqs[0] = freq;
        _freqs[1] = int.MaxValue;
        Assert.False(new BlockPositions().Open(_first, bytes, width, _freqs, freq < 0 ? 2 : 1, grouped: true));
    }

    private static int[][] Positions(Random random, int docs, int most, int highest) =>
        [.. Enumerable.Range(0, docs).Select(_ => Enumerable.Range(0, 1 + (int)(most * random.NextDouble() * random.NextDouble())).Select(_ => random.Next(highest)).Order().ToArray())];

    private BlockPositions Open(int[][] positions, byte* target)
    {
        int width = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            _freqs[i] = positions[i].Length;
            width = Math.Max(width, 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)positions[i][^1]));
        }

        // all groups as wide as the block: nothing in the bytes before
        int header = PositionGroups.HeaderBytes(positions.Length);
        new Span<byte>(target, header).Clear();
        long bit = header * 8L;
        foreach (int position in positions.SelectMany(p => p))
        {
            for (int b = 0; b < width; b++, bit++)
            {
                int mask = 1 << (int)(bit & 7);
                target[bit >> 3] = (byte)((position >> b & 1) != 0 ? target[bit >> 3] | mask : target[bit >> 3] & ~mask);
            }
        }

        BlockPositions opened = new();
        Assert.True(opened.Open(target, (bit + 7) / 8, width, _freqs, positions.Length, grouped: true));
        return opened;
    }
}
