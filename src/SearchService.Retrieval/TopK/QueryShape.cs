namespace SearchService.Retrieval.TopK;

/// <summary>
/// A prepared query taken apart: what scores, and what only lets documents through. Sets and ranges become bits, terms that only filter run along in a conjunction.
/// </summary>
internal sealed class QueryShape
{
    public QueryShape(QueryNode root)
    {
        Scoring = TakeApart(root);
        Kind = Classify(Scoring);
    }

    /// <summary>What scores; null where all that pass score 0.</summary>
    public QueryNode? Scoring { get; }

    public ShapeKind Kind { get; }

    /// <summary>Nodes that must match without a score.</summary>
    public List<QueryNode> Filters { get; } = [];

    /// <summary>Nodes that must not match.</summary>
    public List<QueryNode> Excluded { get; } = [];

    /// <summary>First document of the reader that counts.</summary>
    public int From { get; private set; }

    /// <summary>Document behind the last that counts.</summary>
    public int To { get; private set; } = int.MaxValue;

    /// <summary>The terms of a flat shape that score.</summary>
    public ReadOnlySpan<QueryNode> Terms => Scoring switch
    {
        BooleanNode { Must.Length: > 0 } all => all.Must,
        BooleanNode any => any.Should,
        null => [],
        _ => new QueryNode[] { Scoring },
    };

    private static ShapeKind Classify(QueryNode? node) => node switch
    {
        null => ShapeKind.All,
        TermNode { IsPlain: true } => ShapeKind.And,
        PhraseNode => ShapeKind.Phrase,
        BooleanNode { Should.Length: 0, MustNot.Length: 0, Filter.Length: 0 } all when AreTerms(all.Must) => ShapeKind.And,
        BooleanNode { Must.Length: 0, MustNot.Length: 0, Filter.Length: 0, Least: 1 } any when AreTerms(any.Should) => ShapeKind.Or,
        _ => ShapeKind.Other,
    };

    private static bool AreTerms(QueryNode[] nodes) => nodes.Length > 0 && Array.TrueForAll(nodes, n => n is TermNode { IsPlain: true });

    private QueryNode? TakeApart(QueryNode node)
    {
        while (node is BooleanNode all)
        {
            Filters.AddRange(all.Filter);
            Excluded.AddRange(all.MustNot);
            List<QueryNode> must = [.. all.Must];
            bool onlyOptional = must.Count == 0 && all.Filter.Length == 0;
            if (all.Least == 0 || all.Should.Length == 0)
            {
                // a set adds nothing to a sum of scores
                Filters.AddRange(must.FindAll(n => n is SetNode { Score: 0 } or AnyTermNode { Score: 0 }));
                must.RemoveAll(n => n is SetNode { Score: 0 } or AnyTermNode { Score: 0 });
            }

            if (must.Count == 0 && all.Should.Length == 0)
            {
                return onlyOptional || all.Least > 0 ? Nothing() : null;
            }

            if (must.Count == 1 && all.Should.Length == 0)
            {
                if (all.Least > 0)
                {
                    return Nothing();
                }

                node = must[0];
                continue;
            }

            if (onlyOptional && all.Should.Length == 1 && all.Least == 1)
            {
                node = all.Should[0];
                continue;
            }

            if (must.Count == 0 && all.Least == 0)
            {
                // only filters are required: the optional part scores on top of 0
                must.Add(new SetNode(null, 0, int.MaxValue, 0));
            }

            TakeRanges();
            return new BooleanNode([.. must], all.Should, [], [], all.Least);
        }

        if (node is SetNode { Score: 0 } or AnyTermNode { Score: 0 })
        {
            Filters.Add(node);
            TakeRanges();
            return null;
        }

        TakeRanges();
        return node;
    }

    private SetNode Nothing()
    {
        From = To = 0;
        return new SetNode(null, 0, 0, 0);
    }

    private void TakeRanges()
    {
        foreach (QueryNode filter in Filters)
        {
            if (filter is SetNode { Bits: null } range)
            {
                From = Math.Max(From, range.From);
                To = Math.Min(To, range.To);
            }
        }

        Filters.RemoveAll(f => f is SetNode { Bits: null });
    }
}

/// <summary>How a query is evaluated.</summary>
internal enum ShapeKind : byte
{
    /// <summary>All documents that pass the filters, score 0.</summary>
    All,

    /// <summary>One term, or all of several.</summary>
    And,

    /// <summary>Any of several terms.</summary>
    Or,

    /// <summary>An exact phrase.</summary>
    Phrase,

    /// <summary>Document at a time.</summary>
    Other,
}
