using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.TopK;

/// <summary>Where an evaluator works: a segment, the documents of it that count, and the heap they go to.</summary>
internal unsafe readonly struct SegmentScope(SegmentView segment, SearchContext context, ulong* accept, int from, int to)
{
    public readonly SegmentView Segment = segment;

    public readonly SearchContext Context = context;

    public readonly HitHeap Heap = context.Heap;

    /// <summary>Bits of the documents that count; null where all do.</summary>
    public readonly ulong* Accept = accept;

    /// <summary>First document that counts.</summary>
    public readonly int From = from;

    /// <summary>Document behind the last that counts.</summary>
    public readonly int To = to;

    /// <summary>Whether every document of the segment counts.</summary>
    public bool IsWhole => Accept == null && From == 0 && To == Segment.MaxDoc;

    /// <summary>Whether a document between <see cref="From"/> and <see cref="To"/> counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Accepts(int doc) => Accept == null || (Accept[doc >> 6] >> (doc & 63) & 1) != 0;

    /// <summary>Whether a document of the segment counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Counts(int doc) => doc >= From && doc < To && Accepts(doc);

    /// <summary>Drops the candidates, which lie between <see cref="From"/> and <see cref="To"/>, that do not count.</summary>
    /// <param name="values">A number that goes with each.</param>
    /// <returns>How many remain.</returns>
    public int KeepAccepted<T>(int* docs, T* values, int count)
        where T : unmanaged
    {
        if (Accept == null)
        {
            return count;
        }

        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            int doc = docs[i];
            docs[kept] = doc;
            values[kept] = values[i];
            kept += Accepts(doc) ? 1 : 0;
        }

        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Offer(int doc, float score) => Heap.Offer(Segment.DocBase + doc, score);

    /// <summary>Offers the first candidates, whose scores are complete.</summary>
    public void OfferCandidates(int count)
    {
        int* docs = Context.Docs;
        double* scores = Context.Scores;
        for (int i = 0; i < count; i++)
        {
            float score = (float)scores[i];
            if (score > Heap.Threshold)
            {
                Offer(docs[i], score);
            }
        }
    }

    /// <summary>
    /// Primes the heap with a score that enough documents of a list reach. Deleted documents may be among them, so that many more are asked for; a filter or a
    /// continued search makes it impossible.
    /// </summary>
    public void Prime(TermList list)
    {
        bool onlyDeletes = From == 0 && To == Segment.MaxDoc && Accept == Segment.Live;
        if (onlyDeletes && !Heap.Continues)
        {
            Heap.Prime(list.Reached(Heap.Wanted + Segment.Deleted));
        }
    }
}
