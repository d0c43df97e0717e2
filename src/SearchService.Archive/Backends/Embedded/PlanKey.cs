using System.Globalization;
using System.Text;
using SearchService.Archive.Index;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>A text that two queries share only if they are the same, whatever their words contain.</summary>
internal static class PlanKey
{
    public static string Of(PlanNode query)
    {
        StringBuilder key = new();
        Stack<PlanNode> open = new([query]);
        while (open.TryPop(out PlanNode? node))
        {
            key.Append(node.GetType().Name);
            switch (node)
            {
                case WordNode word:
                    Append(key, word.Field.Name, word.Word);
                    break;
                case PhraseNode phrase:
                    Append(key, phrase.Field.Name, phrase.Words);
                    key.Append(CultureInfo.InvariantCulture, $"~{phrase.Slop}");
                    break;
                case PrefixNode prefix:
                    Append(key, prefix.Field.Name, prefix.Prefix);
                    break;
                case ValueNode value:
                    Append(key, value.Field.Name, value.Value);
                    break;
                case DateNode date:
                    key.Append(CultureInfo.InvariantCulture, $"[{date.Range.From:O}/{date.Range.To:O}]");
                    break;
                case AndNode and:
                    PushAll(and.Nodes);
                    break;
                case OrNode or:
                    PushAll(or.Nodes);
                    break;
                case NotNode not:
                    open.Push(not.Node);
                    break;
            }
        }

        return key.ToString();

        // With the number of nodes, prefix order is unambiguous without brackets.
        void PushAll(IReadOnlyList<PlanNode> nodes)
        {
            key.Append(CultureInfo.InvariantCulture, $"{nodes.Count}");
            for (int i = nodes.Count - 1; i >= 0; i--)
            {
                open.Push(nodes[i]);
            }
        }
    }

    private static void Append(StringBuilder key, string field, string text) =>
        key.Append(CultureInfo.InvariantCulture, $" {field}:{text.Length}:{text}");
}
