namespace SearchService.Retrieval.Postings;

/// <summary>Computes the numbers of <see cref="TermImpacts"/> for one term after the other.</summary>
internal sealed unsafe class ImpactMeasure
{
    // shares are counted in this many steps to find the k-th best
    private const int Steps = 4096;

    private readonly BlockTerms _terms;
    private readonly byte[] _norms;
    private readonly float[] _lengths = new float[256];
    private readonly int[] _histogram = new int[Steps];
    private readonly PostingsCursor _cursor = new();

    public ImpactMeasure(BlockTerms terms, byte[] norms, float averageLength)
    {
        _terms = terms;
        _norms = norms;
        Bm25.FillNorms(averageLength, _lengths);
    }

    public void Measure(in TermEntry entry, Span<ushort> impacts, Span<byte> floors)
    {
        _cursor.Open(_terms, entry);
        Array.Clear(_histogram);
        float best = 0;
        for (int block = 0; block < _cursor.Blocks; block++)
        {
            _cursor.Block = block;
            _cursor.DecodeDocs();
            _cursor.DecodeFreqs();
            float most = 0;
            byte floor = byte.MaxValue;
            int* docs = _cursor.Docs;
            int* freqs = _cursor.Freqs;
            for (int i = 0; i < _cursor.Count; i++)
            {
                byte norm = _norms[docs[i]];
                floor = Math.Min(floor, norm);
                float share = freqs[i] / (freqs[i] + _lengths[norm]);
                most = Math.Max(most, share);
                _histogram[(int)(share * (Steps - 1))]++;
            }

            best = Math.Max(best, most);
            impacts[TermImpacts.HeaderLength + block] = TermImpacts.Above(most);
            floors[TermImpacts.HeaderLength + block] = floor;
        }

        impacts[0] = TermImpacts.Above(best);
        RankShares(impacts[1..]);
    }

    private void RankShares(Span<ushort> shares)
    {
        int rank = 0;
        int seen = 0;
        for (int step = Steps - 1; step >= 0 && rank < TermImpacts.Ranks.Length; step--)
        {
            seen += _histogram[step];
            while (rank < TermImpacts.Ranks.Length && seen >= TermImpacts.Ranks[rank])
            {
                shares[rank++] = TermImpacts.Below(step / (float)(Steps - 1));
            }
        }
    }
}
