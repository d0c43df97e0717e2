using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>Makes clauses ready for a reader, within the time of one search: where that runs out, what was prepared is to be left alone.</summary>
internal sealed class QueryPreparer(TopKSearcher searcher, SearchContext context)
{
    // deeper trees are a programming error: they are built by code, not by users
    private const int MaxDepth = 64;

    public QueryNode Prepare(Clause clause, float boost, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentException($"a query is nested deeper than {MaxDepth}", nameof(clause));
        }

        return clause switch
        {
            TermClause term => Term(term, boost),
            PhraseClause { Terms.Count: 1 } phrase => Term(new TermClause(phrase.Field, phrase.Terms[0].Term, phrase.Boost) { Within = phrase.Within }, boost),
            PhraseClause phrase => Phrase(phrase, boost),
            BooleanClause all => Boolean(all, boost, depth),
            AllClause => new SetNode(null, 0, int.MaxValue, 0),
            SetClause set => Set(set),
            RangeClause range => new SetNode(null, range.From, range.To, 0),
            AnyTermClause any => new AnyTermNode([.. any.Terms.Select(t => Term(new TermClause(any.Field, t), 0))], any.Score * boost),
            PrefixClause prefix => Prefix(prefix, boost),
            ConstantClause constant => new ConstantNode(Prepare(constant.Inner, 1, depth + 1), constant.Score * boost),
            _ => throw new ArgumentException($"unknown clause {clause?.GetType().Name ?? "null"}", nameof(clause)),
        };
    }

    private TermNode Term(TermClause term, float boost)
    {
        CheckFactor(term.Boost);
        FieldStatistics statistics = searcher.Statistics(term.Field);
        TermEntry[] entries = Find(statistics, term.Term.Span, out long docFreq);
        float weight = FieldStatistics.Weight(statistics.Idf(docFreq), term.Boost, boost);
        if (term.Beyond is not { } share)
        {
            return new TermNode(entries, statistics, weight, term.Within);
        }

        if (term.Within is not null)
        {
            throw new ArgumentException("a term is held to positions or beyond another field, not both", nameof(term));
        }

        FieldStatistics there = searcher.Statistics(share.Field);
        TermNode also = new(Find(there, term.Term.Span, out long shared), there, 0, null);
        return new TermNode(entries, statistics, weight, null) { Beyond = shared > 0 ? (also, share.Times) : null };
    }

    private PhraseNode Phrase(PhraseClause phrase, float boost)
    {
        if (phrase.Terms.Count == 0)
        {
            throw new ArgumentException("a phrase has no terms", nameof(phrase));
        }

        CheckFactor(phrase.Boost);
        ArgumentOutOfRangeException.ThrowIfNegative(phrase.Slop);

        FieldStatistics statistics = searcher.Statistics(phrase.Field);
        int count = phrase.Terms.Count;
        TermEntry[][] entries = new TermEntry[count][];
        int[] places = new int[count];
        int first = phrase.Terms.Min(t => t.Position);
        float idf = 0;
        for (int i = 0; i < count; i++)
        {
            entries[i] = Find(statistics, phrase.Terms[i].Term.Span, out long docFreq);
            idf += statistics.Idf(docFreq);
            places[i] = phrase.Terms[i].Position - first;
        }

        float weight = FieldStatistics.Weight(idf, phrase.Boost, boost);
        LoosePhrase? loose = phrase.Slop == 0 ? null : new LoosePhrase(places, Words(phrase.Terms), phrase.Slop);
        return new PhraseNode(phrase.Field, [.. entries.Select(e => new TermNode(e, statistics, weight, null))], places, loose, phrase.Within);
    }

    /// <summary>For each term the first of those that are the same.</summary>
    private static int[] Words(IReadOnlyList<PhraseTerm> terms)
    {
        int[] words = new int[terms.Count];
        for (int i = 0; i < words.Length; i++)
        {
            while (!terms[words[i]].Term.Span.SequenceEqual(terms[i].Term.Span))
            {
                words[i]++;
            }
        }

        return words;
    }

    /// <summary>Any of the terms that begin so; each stands for itself in one segment only.</summary>
    private AnyTermNode Prefix(PrefixClause prefix, float boost)
    {
        FieldStatistics statistics = searcher.Statistics(prefix.Field);
        FieldStatistics? beyond = prefix.Beyond is { } share ? searcher.Statistics(share.Field) : null;
        List<TermNode> terms = [];
        for (int i = 0; i < searcher.Segments.Length && !context.TimedOut; i++)
        {
            FieldDictionary? there = beyond?.Here[i]?.Terms.Dictionary;
            int segment = i;
            statistics.Here[i]?.Terms.Dictionary.ForEach(prefix.Prefix.Span, (ReadOnlySpan<byte> term, in TermEntry entry) =>
            {
                TermEntry also = default;
                bool shared = there is not null && there.TryFind(term, out also);
                terms.Add(new TermNode([entry], statistics, 0, null, segment)
                {
                    Beyond = shared ? (new TermNode([also], beyond!, 0, null, segment), prefix.Beyond!.Value.Times) : null,
                });
                return !context.StopNow();
            });
        }

        return new AnyTermNode([.. terms], prefix.Score * boost);
    }

    private BooleanNode Boolean(BooleanClause clause, float boost, int depth)
    {
        CheckFactor(clause.Boost);
        float inner = clause.Boost * boost;
        int least = clause.MinShouldMatch > 0 ? clause.MinShouldMatch : clause.Must.Count + clause.Filter.Count == 0 ? 1 : 0;
        return new BooleanNode(All(clause.Must), All(clause.Should), All(clause.MustNot), All(clause.Filter), least);

        QueryNode[] All(IReadOnlyList<Clause> clauses)
        {
            QueryNode[] nodes = new QueryNode[clauses.Count];
            for (int i = 0; i < nodes.Length; i++)
            {
                nodes[i] = Prepare(clauses[i], inner, depth + 1);
            }

            return nodes;
        }
    }

    private SetNode Set(SetClause set)
    {
        if (set.Documents.Length != searcher.MaxDoc)
        {
            throw new ArgumentException($"a set is over {set.Documents.Length} documents, the reader has {searcher.MaxDoc}", nameof(set));
        }

        return new SetNode(set.Documents, 0, int.MaxValue, 0);
    }

    /// <summary>A boost: the bounds of scores hold for no other.</summary>
    private static void CheckFactor(float factor)
    {
        if (!float.IsFinite(factor) || factor < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "a boost is a number of 0 or more");
        }
    }

    private static TermEntry[] Find(FieldStatistics field, ReadOnlySpan<byte> term, out long docFreq)
    {
        TermEntry[] entries = new TermEntry[field.Here.Length];
        docFreq = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            if (field.Here[i] is { } here && here.Terms.Dictionary.TryFind(term, out entries[i]))
            {
                docFreq += entries[i].DocFreq;
            }
        }

        return entries;
    }
}
