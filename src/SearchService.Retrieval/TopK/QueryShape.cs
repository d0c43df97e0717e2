namespace SearchService.Retrieval.TopK;

/// <summary>
/// A prepared query taken apart: what scores, and what only lets documents through. Sets and ranges become bits, terms that only filter run along in
/// a conjunction.
/// </summary>
internal sealed class QueryShape
{
    private static readonly List<QueryNode> None = [];

    private List<QueryNode>? _filters;
    private List<QueryNode>? _excluded;
    private readonly QueryNode? _single;

    public QueryShape(QueryNode root)
    {
        Scoring = TakeApart(root);
        _single = Scoring;
        Kind = Classify(Scoring);
    }

    /// <summary>What scores; null where all that pass score 0.</summary>
    public QueryNode? Scoring { get; }

    public ShapeKind Kind { get; }

    /// <summary>Nodes that must match without a score.</summary>
    public IReadOnlyList<QueryNode> Filters => _filters ?? None;

    /// <summary>Nodes that must not match.</summary>
    public IReadOnlyList<QueryNode> Excluded => _excluded ?? None;

    /// <summary>Whether nothing but the scoring part narrows the matches.</summary>
    public bool IsOpen => _filters is null && _excluded is null;

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
        _ => new ReadOnlySpan<QueryNode>(in _single!),
    };

    private static ShapeKind Classify(QueryNode? node) => node switch
    {
        null => ShapeKind.All,
        TermNode { IsPlain: true } => ShapeKind.And,
        PhraseNode => ShapeKind.Phrase,
        BooleanNode { Should.Length: 0, MustNot.Length: 0, Filter.Length: 0, Least: 0 } all when AreTerms(all.Must) => ShapeKind.And,
        BooleanNode { Must.Length: 0, MustNot.Length: 0, Filter.Length: 0, Least: 1 } any when AreTerms(any.Should) => ShapeKind.Or,
        _ => ShapeKind.Other,
    };

    private static bool AreTerms(QueryNode[] nodes) => nodes.Length > 0 && Array.TrueForAll(nodes, n => n is TermNode { IsPlain: true });

    private QueryNode? TakeApart(QueryNode node)
    {
        while (node is BooleanNode all)
        {
            if (all is { Filter.Length: 0, MustNot.Length: 0 } && Classify(all) is ShapeKind.And or ShapeKind.Or && all.Must.Length + all.Should.Length > 1)
            {
                TakeRanges();
                return all;
            }

            Add(ref _filters, all.Filter);
            Add(ref _excluded, all.MustNot);
            List<QueryNode> must = [.. all.Must];
            bool onlyOptional = must.Count == 0 && all.Filter.Length == 0;
            if (all.Least == 0 || all.Should.Length == 0)
            {
                // a set adds nothing to a sum of scores
                Add(ref _filters, [.. must.FindAll(n => n is SetNode { Score: 0 } or AnyTermNode { Score: 0 })]);
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
            Add(ref _filters, [node]);
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

    private static void Add(ref List<QueryNode>? list, QueryNode[] nodes)
    {
        if (nodes.Length > 0)
        {
            (list ??= []).AddRange(nodes);
        }
    }

    private void TakeRanges()
    {
        if (_filters is null)
        {
            return;
        }

        foreach (QueryNode filter in _filters)
        {
            if (filter is SetNode { Bits: null } range)
            {
                From = Math.Max(From, range.From);
                To = Math.Min(To, range.To);
            }
        }

        _filters.RemoveAll(f => f is SetNode { Bits: null });
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

    /// <summary>A phrase, exact or loose.</summary>
    Phrase,

    /// <summary>Document at a time.</summary>
    Other,
}
