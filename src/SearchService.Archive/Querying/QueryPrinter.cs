using System.Globalization;
using System.Text;

namespace SearchService.Archive.Querying;

/// <summary>Prints a tree in the query language, with parentheses only where the tree would be another without them.</summary>
internal static class QueryPrinter
{
    /// <summary>How tightly a node holds together: a child that holds less tightly than its place needs gets parentheses.</summary>
    private enum Tightness
    {
        Or,
        And,
        Run,
        Signed,
        Operand,
        Leaf,
    }

    public static string Print(QuerySyntax query)
    {
        StringBuilder text = new();
        Print(query, Tightness.Or, text);
        return text.ToString();
    }

    // Recursion is bounded: trees are at most a few times QueryLimits.MaxDepth deep.
    private static void Print(QuerySyntax query, Tightness wanted, StringBuilder text)
    {
        bool parentheses = TightnessOf(query, wanted) < wanted;
        if (parentheses)
        {
            text.Append('(');
        }

        switch (query)
        {
            case EverythingSyntax:
                break;
            case WordSyntax word:
                text.Append(word.Text).Append(Boost(word.Boost));
                break;
            case PrefixSyntax prefix:
                text.Append(prefix.Text).Append('*').Append(Boost(prefix.Boost));
                break;
            case PhraseSyntax phrase:
                text.Append('"').Append(phrase.Text).Append('"');
                text.Append(phrase.Slop == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"~{phrase.Slop}")).Append(Boost(phrase.Boost));
                break;
            case FieldSyntax field:
                text.Append(field.Field.Name).Append(':');
                Print(field.Operand, Tightness.Leaf, text);
                break;
            case RequiredSyntax required:
                text.Append('+');
                Print(required.Operand, required.Operand is WordSyntax ? Tightness.Leaf : Tightness.Operand, text);
                break;
            case NotSyntax not:
                // A word with a hyphen of its own in front would run together with the sign.
                text.Append(not.Operand is WordSyntax { Text: ['-' or '+', ..] } ? "NOT " : "-");
                Print(not.Operand, Tightness.Operand, text);
                break;
            case RunSyntax run:
                PrintList(run.Items, " ", Tightness.Signed, text);
                break;
            case AndSyntax and:
                PrintList(and.Items, " AND ", Tightness.Run, text);
                break;
            case OrSyntax or:
                PrintList(or.Items, " OR ", Tightness.And, text);
                break;
            default:
                throw new ArgumentException($"unknown syntax {query.GetType().Name}", nameof(query));
        }

        if (parentheses)
        {
            text.Append(')');
        }
    }

    private static void PrintList(IReadOnlyList<QuerySyntax> items, string separator, Tightness wanted, StringBuilder text)
    {
        for (int i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : separator);
            Print(items[i], wanted, text);
        }
    }

    private static Tightness TightnessOf(QuerySyntax query, Tightness wanted) => query switch
    {
        OrSyntax => Tightness.Or,
        AndSyntax => Tightness.And,
        RunSyntax => Tightness.Run,
        NotSyntax or RequiredSyntax => Tightness.Signed,
        FieldSyntax => Tightness.Operand,

        // Right after a plus or a field's colon such a word would be read as something else.
        WordSyntax word when wanted == Tightness.Leaf && WordShape.NeedsSpaceBefore(word.Text) => Tightness.Operand,
        _ => Tightness.Leaf,
    };

    private static string Boost(float boost) => boost == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"^{boost}");
}
