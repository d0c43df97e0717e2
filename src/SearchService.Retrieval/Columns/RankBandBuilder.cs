using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.Columns;

/// <summary>Makes a <see cref="RankBand"/> of postings in the documents' order.</summary>
internal sealed class RankBandBuilder
{
    private readonly int _first;
    private readonly DocBits[] _sets;
    private readonly int[] _starts;
    private readonly int[] _filled = new int[RankBand.BlockWords];
    private byte[] _places = [];
    private byte[] _codes = [];
    private int _steps;

    /// <param name="band">The band: ranks from this many times <see cref="RankBand.Values"/> on.</param>
    /// <param name="length">Documents.</param>
    public RankBandBuilder(RankedValues ranked, int band, int length)
    {
        _first = band * RankBand.Values;
        int values = Math.Min(RankBand.Values, ranked.Count - _first);
        int sets = 0;
        while (sets < values && ranked.Documents(_first + sets) > length / RankBand.SetShare)
        {
            sets++;
        }

        _sets = [.. Enumerable.Range(0, sets).Select(_ => new DocBits(length))];
        _starts = new int[((length + (1 << RankBand.BlockBits) - 1) >> RankBand.BlockBits) + 1];
        Grow();
    }

    // see RankBands
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int doc, int rank)
    {
        int code = rank - _first;
        if (code < _sets.Length)
        {
            _sets[code].Add(doc);
            return;
        }

        int word = (doc >> 6) & (RankBand.BlockWords - 1);
        int filled = _filled[word]++;
        int at = ((_steps + (filled >> 3)) * RankBand.Step) + (word << 3) + (filled & 7);
        if (at >= _places.Length)
        {
            Grow();
        }

        _places[at] = (byte)(doc & 63);
        _codes[at] = (byte)code;
    }

    /// <summary>Says that a block's documents are complete.</summary>
    /// <param name="last">The last of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EndBlock(int last)
    {
        int most = 0;
        foreach (int filled in _filled)
        {
            most = Math.Max(most, filled);
        }

        _steps += (most + 7) >> 3;
        Array.Clear(_filled);
        _starts[(last >> RankBand.BlockBits) + 1] = _steps;
    }

    public RankBand Build()
    {
        LargeArray<byte> places = new(_steps * RankBand.Step);
        LargeArray<byte> codes = new(_steps * RankBand.Step);
        _places.AsSpan(0, places.Length).CopyTo(places.Span);
        _codes.AsSpan(0, codes.Length).CopyTo(codes.Span);
        return new RankBand(places, codes, _starts, _sets);
    }

    private void Grow()
    {
        int length = _places.Length;
        Array.Resize(ref _places, Math.Max(length * 2, 64 * RankBand.Step));
        Array.Resize(ref _codes, _places.Length);
        _places.AsSpan(length).Fill(RankBand.None);
    }
}
