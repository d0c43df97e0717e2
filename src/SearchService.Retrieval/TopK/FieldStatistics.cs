using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>A field's statistics over the whole reader, as stock Lucene takes them (deleted documents included). Thread-safe.</summary>
internal sealed unsafe class FieldStatistics
{
    private readonly float[] _norms = GC.AllocateArray<float>(256 + 16, pinned: true);

    public FieldStatistics(string field, SegmentView[] segments, int maxDoc)
    {
        Field = field;
        MaxDoc = maxDoc;
        Here = Array.ConvertAll(segments, s => s.Field(field));
        long total = 0;
        bool norms = false;
        foreach (SegmentField? there in Here)
        {
            if (there is { } here)
            {
                // one segment without frequencies makes the sum unknown, as in MultiTerms
                total = total < 0 || here.Terms.SumTotalTermFreq < 0 ? -1 : total + here.Terms.SumTotalTermFreq;
                norms |= here.Norms is not null;
            }
        }

        AverageLength = Bm25.AverageLength(total, maxDoc);
        if (norms)
        {
            PerLength = Bm25.Saturation * Bm25.LengthShare / AverageLength;
            Bm25.FillNorms(AverageLength, _norms);
        }
        else
        {
            _norms.AsSpan().Fill(Bm25.Saturation);
        }

        fixed (float* start = _norms)
        {
            Norms = start;
        }
    }

    public string Field { get; }

    public int MaxDoc { get; }

    /// <summary>The field in each segment by <see cref="SegmentView.Ordinal"/>; null where a segment has no such field.</summary>
    public SegmentField?[] Here { get; }

    public float AverageLength { get; }

    /// <summary>K(length) by norm byte.</summary>
    public float* Norms { get; }

    /// <summary>What one token more adds to K; 0 where the field has no norms.</summary>
    public float PerLength { get; }

    /// <summary>ln(1 + (documents − df + ½)/(df + ½)), in single precision like Lucene's.</summary>
    public float Idf(long docFreq) => (float)Math.Log(1 + ((MaxDoc - docFreq + 0.5D) / (docFreq + 0.5D)));

    /// <summary>The factor before tf/(tf + K).</summary>
    public static float Weight(float idf, float boost, float outerBoost) => idf * boost * outerBoost * (Bm25.Saturation + 1);
}
