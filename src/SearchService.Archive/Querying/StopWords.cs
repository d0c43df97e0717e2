using System.Collections.Frozen;

namespace SearchService.Archive.Querying;

/// <summary>
/// Leaves words that are in nearly every article out of a query, where plain words beside them say what is wanted. The index
/// keeps them, so phrases and queries of nothing else find them; <c>+the</c>, fields and operators keep a word too.
/// </summary>
internal static class StopWords
{
    /// <summary>Lucene's English stop words (EnglishAnalyzer, StopAnalyzer.ENGLISH_STOP_WORDS_SET): 33 words.</summary>
    private static readonly FrozenSet<string> English = new[]
    {
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of", "on", "or",
        "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => English.Contains(word.AsSpan().Trim(".,;:!'\u2018\u2019").ToString());

    /// <summary>
    /// The query without the stop words that have other plain words beside them. <paramref name="left"/> gets the words left out, as
    /// written, in order.
    /// </summary>
    public static QuerySyntax LeaveOut(QuerySyntax query, ICollection<string> left) => query switch
    {
        // Fields are strict, so what is inside of them stays.
        NotSyntax not => not with { Operand = LeaveOut(not.Operand, left) },
        RequiredSyntax required => required with { Operand = LeaveOut(required.Operand, left) },
        AndSyntax and => and with { Items = LeaveOut(and.Items, left) },
        OrSyntax or => or with { Items = LeaveOut(or.Items, left) },
        RunSyntax run => LeaveOutOfRun(run, left),
        _ => query,
    };

    private static QuerySyntax[] LeaveOut(IReadOnlyList<QuerySyntax> items, ICollection<string> left) =>
        [.. items.Select(item => LeaveOut(item, left))];

    private static QuerySyntax LeaveOutOfRun(RunSyntax run, ICollection<string> left)
    {
        bool hasOthers = run.Items.Any(item => item is WordSyntax word && !Contains(word.Text));
        List<QuerySyntax> kept = [];
        foreach (QuerySyntax item in run.Items)
        {
            if (hasOthers && item is WordSyntax { Boost: 1 } word && Contains(word.Text))
            {
                left.Add(word.Text);
            }
            else
            {
                kept.Add(LeaveOut(item, left));
            }
        }

        return kept.Count == 1 ? kept[0] : run with { Items = kept };
    }
}
