using Lucene.Net.Store;

namespace SearchService.Retrieval.Postings;

/// <summary>Writes <see cref="TermChampions"/>, one term after the other.</summary>
internal sealed class ChampionWriter(IndexOutput file)
{
    private readonly ByteWriter _out = new();
    private readonly uint[] _gaps = new uint[BlockUnpack.BlockSize];

    /// <summary>Where the first term's begin in the file.</summary>
    public long Start { get; } = file.Position;

    /// <summary>Bytes written so far.</summary>
    public long Length => file.Position - Start;

    /// <summary>Writes what the measure chose.</summary>
    /// <param name="most">The largest share of all, rounded up.</param>
    /// <returns>Where it begins, counted from <see cref="Start"/>.</returns>
    public uint Write(ImpactMeasure measure, ushort most)
    {
        uint at = checked((uint)Length);
        ushort beside = TermImpacts.Above(measure.MostBeside);
        int height = Math.Max(1, (most - beside + TermChampions.Levels - 1) / TermChampions.Levels);
        ReadOnlySpan<int> docs = measure.ChampionDocs;
        ReadOnlySpan<float> shares = measure.ChampionShares;
        _out.Clear();
        _out.Int32((uint)docs.Length);
        _out.Int32((uint)height << 16 | beside);
        int previous = -1;
        for (int i = 0; i < docs.Length; i += BlockUnpack.BlockSize)
        {
            int count = Math.Min(BlockUnpack.BlockSize, docs.Length - i);
            WriteBlock(docs.Slice(i, count), shares.Slice(i, count), previous, beside, height);
            previous = docs[i + count - 1];
        }

        _out.CopyTo(file);
        return at;
    }

    private void WriteBlock(ReadOnlySpan<int> docs, ReadOnlySpan<float> shares, int previous, int beside, int height)
    {
        uint union = 0;
        for (int i = 0; i < docs.Length; i++)
        {
            _gaps[i] = (uint)(docs[i] - previous - 1);
            union |= _gaps[i];
            previous = docs[i];
        }

        int width = BitPacking.WidthFor(union);
        _out.Byte(width);
        BitPacking.Pack(_gaps.AsSpan(0, docs.Length), width, _out.Room(BitPacking.BytesFor(docs.Length, width)));
        for (int i = 0; i < docs.Length; i += 2)
        {
            _out.Byte(Level(shares[i]) | (i + 1 < docs.Length ? Level(shares[i + 1]) << 4 : 0));
        }

        int Level(float share) => Math.Clamp((TermImpacts.Above(share) - beside - 1) / height, 0, TermChampions.Levels - 1);
    }
}
