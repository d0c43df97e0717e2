using System.Globalization;
using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>Prints how the score of one document comes about. The numbers are the evaluators' own: each clause is run for the document.</summary>
internal sealed class ScoreExplainer(TopKSearcher searcher, SegmentView segment, int doc, SearchContext context)
{
    private readonly StringBuilder _text = new();
    private readonly QueryPreparer _preparer = new(searcher, context);

    public string Explain(Clause query)
    {
        Add(query, 1, 0);
        return _text.ToString();
    }

    private void Add(Clause clause, float boost, int depth)
    {
        float? score = Score(clause, boost);
        _text.Append(' ', 2 * depth).Append(score is { } s ? Print(s) : "no match").Append(" = ");
        switch (clause)
        {
            case TermClause term:
                AddText($"{term.Field}:{Text(term.Term)}{(term.Beyond is { } share ? $" beyond {share.Field}" : "")}", term.Within);
                AddFactors(term.Field, [term.Term], term.Boost * boost, score);
                break;
            case PhraseClause phrase:
                AddText(Describe(phrase), phrase.Within);
                AddFactors(phrase.Field, [.. phrase.Terms.Select(t => t.Term)], phrase.Boost * boost, score);
                break;
            case BooleanClause all:
                _text.Append("sum of:\n");
                AddParts("", all.Must, all, boost, depth);
                AddParts("", all.Should, all, boost, depth);
                AddParts("filter ", all.Filter, all, boost, depth);
                AddParts("not ", all.MustNot, all, boost, depth);
                break;
            default:
                _text.Append(Describe(clause)).Append('\n');
                break;
        }
    }

    private void AddParts(string kind, IReadOnlyList<Clause> parts, BooleanClause of, float boost, int depth)
    {
        foreach (Clause part in parts)
        {
            if (kind.Length == 0)
            {
                Add(part, of.Boost * boost, depth + 1);
            }
            else
            {
                _text.Append(' ', 2 * (depth + 1)).Append(Score(part, 1) is null ? "no match" : "match").Append(" = ").Append(kind).Append(Describe(part)).Append('\n');
            }
        }
    }

    private void AddText(string text, PositionRange? within)
    {
        _text.Append(text);
        if (within is { } range)
        {
            _text.Append(CultureInfo.InvariantCulture, $" from position {range.From}");
        }
    }

    /// <summary>idf · boost · (k1 + 1) · tf/(tf + K), the last factor being what the others leave of the score.</summary>
    private void AddFactors(string field, IReadOnlyList<ReadOnlyMemory<byte>> terms, float boost, float? score)
    {
        FieldStatistics statistics = searcher.Statistics(field);
        float idf = 0;
        _text.Append(": ");
        foreach (ReadOnlyMemory<byte> term in terms)
        {
            int docFreq = searcher.Reader.DocFreq(new Term(field, new BytesRef(term.ToArray())));
            idf += statistics.Idf(docFreq);
            _text.Append(_text[^1] == ' ' ? "" : " + ").Append(CultureInfo.InvariantCulture, $"idf(docFreq={docFreq}, maxDocs={searcher.MaxDoc})");
        }

        float weight = FieldStatistics.Weight(idf, 1, boost);
        _text.Append(CultureInfo.InvariantCulture, $" = {Print(idf)}, boost {Print(boost)}");
        if (score is { } s && weight > 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $", tf/(tf + length) = {Print(s / weight)} of {Print(Bm25.Saturation + 1)}");
        }

        _text.Append('\n');
    }

    private static string Describe(Clause clause) => clause switch
    {
        TermClause term => $"{term.Field}:{Text(term.Term)}",
        PhraseClause phrase => FormattableString.Invariant($"{phrase.Field}:\"{string.Join(' ', phrase.Terms.Select(t => Text(t.Term)))}\"{(phrase.Slop > 0 ? "~" : "")}{phrase.Slop:#}"),
        PrefixClause prefix => $"{prefix.Field}:{Text(prefix.Prefix)}*",
        AnyTermClause any => FormattableString.Invariant($"any of {any.Terms.Count} terms of {any.Field}"),
        ConstantClause constant => $"constant for {Describe(constant.Inner)}",
        AllClause => "everything",
        SetClause => "a set of documents",
        RangeClause => "a range of documents",
        _ => "a combination",
    };

    private float? Score(Clause clause, float boost) =>
        _preparer.Prepare(clause, boost).Open(segment, context) is { } iterator && iterator.Advance(doc) == doc ? iterator.Score() : null;

    private static string Text(ReadOnlyMemory<byte> term) => Encoding.UTF8.GetString(term.Span);

    private static string Print(float number) => number.ToString(CultureInfo.InvariantCulture);
}
