using System.Globalization;
using System.Text;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Index;

/// <summary>Prints plans in one line, S-expression style: <c>(and text:oil (not headline:"opec meeting"~2))</c>.</summary>
internal static class PlanPrinter
{
    public static string Print(PlanNode node)
    {
        StringBuilder text = new();
        Print(node, text);
        return text.ToString();
    }

    public static string Print(QueryPlan plan)
    {
        StringBuilder text = new();
        Print(plan.Query, text);
        foreach (ValueFilter filter in plan.Filters)
        {
            text.Append(CultureInfo.InvariantCulture, $" {filter.Field}=[{string.Join('|', filter.AnyOf)}]");
            if (filter.NoneOf.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"-[{string.Join('|', filter.NoneOf)}]");
            }
        }

        if (plan.Date is { } date)
        {
            text.Append(" date=[").Append(Ranges(date.AnyOf, date.AnyOfMissing)).Append(']');
            if (date.NoneOf.Count > 0 || date.NoneOfMissing)
            {
                text.Append("-[").Append(Ranges(date.NoneOf, date.NoneOfMissing)).Append(']');
            }
        }

        if (plan.Ids is { } ids)
        {
            text.Append(" ids=[").AppendJoin('|', ids).Append(']');
        }

        text.Append(CultureInfo.InvariantCulture, $" sort={plan.Sort.ToString().ToLowerInvariant()} size={plan.Size}");
        if (plan.After is { } after)
        {
            text.Append(CultureInfo.InvariantCulture, $" after={after.Key}:{after.Document}");
        }

        foreach (FacetSpec facet in plan.Facets)
        {
            text.Append(CultureInfo.InvariantCulture, $" facet={facet.Field}");
            text.Append(facet.Field == ArticleSchema.Date ? $"/{facet.Interval.ToString().ToLowerInvariant()}" : string.Create(CultureInfo.InvariantCulture, $"/{facet.Size}"));
            if (facet.Strict)
            {
                text.Append("/strict");
            }

            if (facet.Prefix is { } prefix)
            {
                text.Append('/').Append(prefix).Append('*');
            }
        }

        return text.ToString();
    }

    private static string Ranges(IReadOnlyList<DayRange> ranges, bool missing) =>
        string.Join('|', ranges.Select(Range).Concat(missing ? [ArticleSchema.Missing] : []));

    private static string Range(DayRange range) => $"{Day(range.From)}/{Day(range.To)}";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static void Print(PlanNode node, StringBuilder text)
    {
        switch (node)
        {
            case MatchAllNode:
                text.Append("(all)");
                break;
            case MatchNoneNode:
                text.Append("(none)");
                break;
            case WordNode word:
                text.Append(CultureInfo.InvariantCulture, $"{word.Field}:{word.Word}{Boost(word.Boost)}");
                break;
            case PhraseNode phrase:
                text.Append(CultureInfo.InvariantCulture, $"{phrase.Field}:\"{phrase.Words}\"");
                text.Append(phrase.Slop == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"~{phrase.Slop}")).Append(Boost(phrase.Boost));
                break;
            case PrefixNode prefix:
                text.Append(CultureInfo.InvariantCulture, $"{prefix.Field}:{prefix.Prefix}*{Boost(prefix.Boost)}");
                break;
            case ValueNode value:
                text.Append(CultureInfo.InvariantCulture, $"{value.Field}=[{value.Value}]");
                break;
            case DateNode date:
                text.Append("date=[").Append(Range(date.Range)).Append(']');
                break;
            case AndNode and:
                PrintList("and", and.Nodes, text);
                break;
            case OrNode or:
                PrintList("or", or.Nodes, text);
                break;
            case NotNode not:
                PrintList("not", [not.Node], text);
                break;
            default:
                throw new ArgumentException($"unknown node {node.GetType().Name}", nameof(node));
        }
    }

    private static void PrintList(string name, IReadOnlyList<PlanNode> nodes, StringBuilder text)
    {
        text.Append('(').Append(name);
        foreach (PlanNode node in nodes)
        {
            text.Append(' ');
            Print(node, text);
        }

        text.Append(')');
    }

    private static string Boost(float boost) => boost == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"^{boost}");
}
