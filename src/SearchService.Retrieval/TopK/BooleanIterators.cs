namespace SearchService.Retrieval.TopK;

/// <summary>Documents that all have; the score is summed in single precision from the rarest to the most frequent, as stock Lucene sums it.</summary>
internal sealed class AndIterator : DocIterator
{
    private readonly DocIterator[] _inner;
    private readonly SearchContext _context;

    public AndIterator(List<DocIterator> inner, SearchContext context)
    {
        _context = context;

        // stable: equal costs keep the query's order
        _inner = [.. inner.OrderBy(i => i.Cost)];
    }

    public override long Cost => _inner[0].Cost;

    public override int Advance(int target)
    {
        int doc = _inner[0].Advance(target);
        for (int i = 1; i < _inner.Length && doc != End; i++)
        {
            int other = _inner[i].Doc < doc ? _inner[i].Advance(doc) : _inner[i].Doc;
            if (other > doc)
            {
                doc = other == End || _context.StopNow() ? End : _inner[0].Advance(other);
                i = 0;
            }
        }

        return Doc = doc;
    }

    public override float Score()
    {
        float sum = 0;
        foreach (DocIterator inner in _inner)
        {
            sum += inner.Score();
        }

        return sum;
    }

    public override float Bound(int from, int to)
    {
        float sum = 0;
        foreach (DocIterator inner in _inner)
        {
            sum += inner.Bound(from, to);
        }

        return sum * TermList.Slack;
    }
}

/// <summary>Documents that at least some number of iterators have; the score is summed in double precision.</summary>
internal sealed class OrIterator(DocIterator[] inner, int least, SearchContext context) : DocIterator
{
    public override long Cost
    {
        get
        {
            long cost = 0;
            foreach (DocIterator i in inner)
            {
                cost += i.Cost;
            }

            return cost;
        }
    }

    public override int Advance(int target)
    {
        while (true)
        {
            int doc = End;
            int matching = 0;
            foreach (DocIterator i in inner)
            {
                int at = i.Doc < target ? i.Advance(target) : i.Doc;
                matching = at < doc ? 1 : at == doc ? matching + 1 : matching;
                doc = Math.Min(doc, at);
            }

            if (doc == End || matching >= least || context.StopNow())
            {
                return Doc = doc;
            }

            target = doc + 1;
        }
    }

    public override float Score()
    {
        double sum = 0;
        foreach (DocIterator i in inner)
        {
            if (i.Doc == Doc)
            {
                sum += i.Score();
            }
        }

        return (float)sum;
    }

    public override float Bound(int from, int to)
    {
        float sum = 0;
        foreach (DocIterator i in inner)
        {
            sum += i.Bound(from, to);
        }

        return sum * TermList.Slack;
    }
}

/// <summary>The required iterator's documents; the optional one adds to the score where it has the document.</summary>
internal sealed class RequiredOptionalIterator(DocIterator required, DocIterator optional) : DocIterator
{
    public override long Cost => required.Cost;

    public override int Advance(int target) => Doc = required.Advance(target);

    public override float Score()
    {
        float score = required.Score();
        if (optional.Doc < Doc)
        {
            optional.Advance(Doc);
        }

        return optional.Doc == Doc ? score + optional.Score() : score;
    }

    public override float Bound(int from, int to) => (required.Bound(from, to) + optional.Bound(from, to)) * TermList.Slack;
}

/// <summary>The first iterator's documents that the other does not have.</summary>
internal sealed class ExcludingIterator(DocIterator inner, DocIterator excluded, SearchContext context) : DocIterator
{
    public override long Cost => inner.Cost;

    public override int Advance(int target)
    {
        for (int doc = inner.Advance(target); doc != End && !context.StopNow(); doc = inner.Advance(doc + 1))
        {
            int other = excluded.Doc < doc ? excluded.Advance(doc) : excluded.Doc;
            if (other != doc)
            {
                return Doc = doc;
            }
        }

        return Doc = End;
    }

    public override float Score() => inner.Score();

    public override float Bound(int from, int to) => inner.Bound(from, to);
}
