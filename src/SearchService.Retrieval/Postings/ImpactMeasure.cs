using System.Runtime.InteropServices;

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
    private readonly List<int> _docs = [];
    private readonly List<float> _shares = [];

    /// <summary>The documents that <see cref="Champions"/> chose, rising.</summary>
    public ReadOnlySpan<int> ChampionDocs => CollectionsMarshal.AsSpan(_docs);

    /// <summary>Their shares.</summary>
    public ReadOnlySpan<float> ChampionShares => CollectionsMarshal.AsSpan(_shares);

    /// <summary>The largest share of all other documents.</summary>
    public float MostBeside { get; private set; }

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
                floor = Math.Min(floor, _norms[docs[i]]);
                float share = Share(docs[i], freqs[i]);
                most = Math.Max(most, share);
                _histogram[StepOf(share)]++;
            }

            best = Math.Max(best, most);
            impacts[TermImpacts.HeaderLength + block] = TermImpacts.Above(most);
            floors[TermImpacts.HeaderLength + block] = floor;
        }

        impacts[0] = TermImpacts.Above(best);
        RankShares(impacts[1..]);
    }

    /// <summary>Chooses the best documents of the term that was measured last, those that cannot be told from the next left out.</summary>
    /// <param name="wanted">How many at most.</param>
    /// <param name="blocks">The largest share of each block.</param>
    /// <returns>Whether there are any.</returns>
    public bool Champions(int wanted, ReadOnlySpan<ushort> blocks)
    {
        int cut = Steps;
        for (int seen = 0; cut > 0 && seen + _histogram[cut - 1] <= wanted; cut--)
        {
            seen += _histogram[cut - 1];
        }

        _docs.Clear();
        _shares.Clear();
        MostBeside = 0;
        for (int block = 0; block < _cursor.Blocks; block++)
        {
            // nothing in a block below what is known to stay out
            if (blocks[block] < TermImpacts.Below(MostBeside))
            {
                continue;
            }

            _cursor.Block = block;
            _cursor.DecodeDocs();
            _cursor.DecodeFreqs();
            for (int i = 0; i < _cursor.Count; i++)
            {
                float share = Share(_cursor.Docs[i], _cursor.Freqs[i]);
                if (StepOf(share) >= cut)
                {
                    _docs.Add(_cursor.Docs[i]);
                    _shares.Add(share);
                }
                else
                {
                    MostBeside = Math.Max(MostBeside, share);
                }
            }
        }

        return _docs.Count > 0;
    }

    private static int StepOf(float share) => (int)(share * (Steps - 1));

    private float Share(int doc, float freq) => freq / (freq + _lengths[_norms[doc]]);

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
