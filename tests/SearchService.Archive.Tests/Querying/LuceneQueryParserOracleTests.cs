using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SearchService.Archive.Articles;
using SearchService.Archive.Querying;
using ClassicQueryParser = Lucene.Net.QueryParsers.Classic.QueryParser;
using Operator = Lucene.Net.QueryParsers.Classic.Operator;

namespace SearchService.Archive.Tests.Querying;

/// <summary>
/// Lucene's classic parser as oracle for what both grammars share: terms, phrases with slop, AND, OR, NOT, signs and parentheses. Both parse
/// the same text, both trees are run over every combination of five words, and the same combinations must match. Its known difference,
/// AND and OR mixed without parentheses, is left out by making one operator per level.
/// </summary>
public sealed class LuceneQueryParserOracleTests
{
    private static readonly string[] Words = ["oil", "gas", "coal", "peat", "wind"];

    /// <summary>Every subset of the words, in order, so that phrases of neighbours match some.</summary>
    private static readonly Article[] Articles =
    [
        .. Enumerable.Range(0, 1 << Words.Length).Select(bits => FakeArticleIndex.Article(
            bits, "", string.Join(' ', Words.Where((_, i) => (bits & (1 << i)) != 0)))),
    ];

    [Fact]
    public void Parse_SharedGrammar_MatchesAsClassicParser()
    {
        Random random = new(11);
        int matching = 0;
        for (int i = 0; i < 1_000; i++)
        {
            string text = Level(random, 3);
            ClassicQueryParser classic = new(LuceneVersion.LUCENE_48, "text", new WhitespaceAnalyzer(LuceneVersion.LUCENE_48)) { DefaultOperator = Operator.AND };
            Query expected = classic.Parse(text);
            QueryParseResult parsed = QueryParser.Parse(text);
            Assert.True(parsed.Success, $"{text}: {parsed.Error}");
            SearchService.Archive.Index.PlanNode node = QueryPlanner.Plan(parsed.Query, MatchMode.All, new DateOnly(2024, 2, 29)).Node;
            foreach (Article article in Articles)
            {
                bool matches = FakeArticleIndex.Matches(node, article);
                matching += matches ? 1 : 0;
                Assert.True(Matches(expected, article.Body) == matches, $"'{text}' on '{article.Body}': classic {expected}, here {node}");
            }
        }

        Assert.InRange(matching, 3_000, 1_000 * Articles.Length);
    }

    /// <summary>One level of operands with one kind of joint, never of negations alone: the classic parser finds nothing for those.</summary>
    private static string Level(Random random, int depth)
    {
        string joint = random.GetItems([" ", " AND ", " OR "], 1)[0];
        string[] operands = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => Operand(random, depth, signed: i > 0, joint))];
        return string.Join(joint, operands);
    }

    private static string Operand(Random random, int depth, bool signed, string joint)
    {
        int first = random.Next(Words.Length - 1);
        string operand = random.Next(depth > 1 ? 5 : 3) switch
        {
            0 or 1 => Words[random.Next(Words.Length)],
            2 => $"\"{Words[first]} {Words[first + 1]}\"",
            _ => "(" + Level(random, depth - 1) + ")",
        };
        return (signed && joint != " OR " ? random.Next(4) : 9) switch
        {
            0 => "NOT " + operand,
            1 when joint == " " => "-" + operand,
            2 when joint == " " => "+" + operand,
            _ => operand,
        };
    }

    private static bool Matches(Query query, string body) => query switch
    {
        TermQuery term => Has(body, term.Term.Text),
        PhraseQuery phrase => Has(body, string.Join(' ', phrase.GetTerms().Select((Term t) => t.Text))),
        BooleanQuery boolean => Matches(boolean, body),
        _ => throw new ArgumentException(query.GetType().Name, nameof(query)),
    };

    /// <summary>Lucene's rule: all MUST, no MUST_NOT, and without a MUST at least one SHOULD.</summary>
    private static bool Matches(BooleanQuery query, string body)
    {
        IList<BooleanClause> clauses = query.Clauses;
        return clauses.Where(c => c.Occur == Occur.MUST).All(c => Matches(c.Query, body))
            && !clauses.Any(c => c.Occur == Occur.MUST_NOT && Matches(c.Query, body))
            && (clauses.Any(c => c.Occur == Occur.MUST) || clauses.Any(c => c.Occur == Occur.SHOULD && Matches(c.Query, body)));
    }

    private static bool Has(string body, string words) => $" {body} ".Contains($" {words} ", StringComparison.Ordinal);
}
