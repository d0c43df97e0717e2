using SearchService.Archive.Articles;
using SearchService.Archive.Index;

namespace SearchService.Archive.Querying;

/// <summary>A query ready to run, and what was made of it.</summary>
/// <param name="Node">What a backend runs.</param>
/// <param name="Understood">The tree planned: the parsed one without words left out.</param>
/// <param name="Loosenable">Whether <see cref="MatchMode.Any"/> gives another plan than <see cref="MatchMode.All"/>.</param>
/// <param name="Warnings">What the user should know, one sentence each.</param>
public sealed record PlannedQuery(PlanNode Node, QuerySyntax Understood, bool Loosenable, IReadOnlyList<string> Warnings);

/// <summary>
/// Turns a tree into a plan: words to fields, names to codes, dates to ranges of days. What the loose plan
/// (<see cref="MatchMode.Any"/>) finds always includes what the strict one finds: under a negation words are all required in both.
/// </summary>
public static class QueryPlanner
{
    /// <summary>Plans a parsed query.</summary>
    /// <param name="match"><see cref="MatchMode.All"/> or <see cref="MatchMode.Any"/>; <see cref="MatchMode.Auto"/> is for the caller to settle.</param>
    /// <param name="today">The day that <c>today</c> and <c>P7D</c> are seen from.</param>
    public static PlannedQuery Plan(QuerySyntax query, MatchMode match, DateOnly today)
    {
        if (match == MatchMode.Auto)
        {
            throw new ArgumentException("want All or Any", nameof(match));
        }

        List<string> left = [];
        QuerySyntax kept = StopWords.LeaveOut(query, left);
        Walk walk = new(match == MatchMode.Any, today);
        PlanNode node = walk.Node(kept, null, negated: false);
        return new PlannedQuery(node, kept, walk.Loosenable, Warnings(left));
    }

    /// <summary>Whether anything in a plan gives scores that differ between articles.</summary>
    public static bool Scores(PlanNode node) => node switch
    {
        WordNode or PhraseNode => true,
        AndNode and => and.Nodes.Any(Scores),
        OrNode or => or.Nodes.Any(Scores),
        _ => false,
    };

    private static List<string> Warnings(List<string> left)
    {
        const int MaxShown = 5;
        List<string> warnings = [];
        string[] words = [.. left.Distinct(StringComparer.OrdinalIgnoreCase)];
        if (words.Length > 0)
        {
            string shown = string.Join(", ", words.Take(MaxShown).Select(w => $"'{w}'")) + (words.Length > MaxShown ? " …" : "");
            warnings.Add(words.Length == 1
                ? $"{shown} is in nearly every article and is left out, write +{words[0]} to require it"
                : $"{shown} are in nearly every article and are left out, write +{words[0]} to require one");
        }

        if (words.FirstOrDefault(w => w is "and" or "or" or "not") is { } operatorWord)
        {
            warnings.Add($"'{operatorWord}' is read as a word, write {operatorWord.ToUpperInvariant()} for the operator");
        }

        return warnings;
    }

    // Recursion is bounded: trees are at most a few times QueryLimits.MaxDepth deep.
    private sealed class Walk(bool any, DateOnly today)
    {
        public bool Loosenable { get; private set; }

        public PlanNode Node(QuerySyntax query, ArticleField? field, bool negated) => query switch
        {
            EverythingSyntax => MatchAllNode.Instance,
            WordSyntax word => Word(word, field ?? ArticleSchema.Text),
            PhraseSyntax phrase => new PhraseNode(field ?? ArticleSchema.Text, phrase.Text, phrase.Slop, phrase.Boost),
            PrefixSyntax prefix => new PrefixNode(field ?? ArticleSchema.Text, prefix.Text, prefix.Boost),
            FieldSyntax scoped => Node(scoped.Operand, scoped.Field, negated),
            RequiredSyntax required => Node(required.Operand, field, negated),
            NotSyntax not => new NotNode(Node(not.Operand, field, !negated)),
            AndSyntax and => All(and.Items.Select(item => Node(item, field, negated))),
            OrSyntax or => AnyOf(or.Items.Select(item => Node(item, field, negated))),
            RunSyntax run => RunNode(run, field, negated),
            _ => throw new ArgumentException($"unknown syntax {query.GetType().Name}", nameof(query)),
        };

        private PlanNode RunNode(RunSyntax run, ArticleField? field, bool negated)
        {
            bool loose = field is null && !negated && run.Items.Count(item => item is WordSyntax) > 1;
            Loosenable |= loose;
            if (!loose || !any)
            {
                return All(run.Items.Select(item => Node(item, field, negated)));
            }

            PlanNode words = AnyOf(run.Items.Where(item => item is WordSyntax).Select(item => Node(item, field, negated)));
            int first = run.Items.Index().First(item => item.Item is WordSyntax).Index;
            return All(run.Items
                .Index()
                .Where(item => item.Index == first || item.Item is not WordSyntax)
                .Select(item => item.Index == first ? words : Node(item.Item, field, negated)));
        }

        private PlanNode Word(WordSyntax word, ArticleField field)
        {
            if (field == ArticleSchema.Date)
            {
                return Date(word.Text);
            }

            return field.HasWords && (field == ArticleSchema.Text || word.Text != ArticleSchema.Missing)
                ? new WordNode(field, word.Text, word.Boost)
                : new ValueNode(field, word.Text);
        }

        private PlanNode Date(string text)
        {
            if (!DateExpression.TryParse(text, out DateExpression? date, out string? reason))
            {
                throw new ArgumentException(reason, nameof(text));
            }

            // An article without a date lies in no range, not even in the one open at both ends.
            if (date.IsMissing)
            {
                return new NotNode(new DateNode(new DayRange(null, null)));
            }

            DayRange range = date.On(today);
            return range.From > range.To ? MatchNoneNode.Instance : new DateNode(range);
        }

        private static PlanNode All(IEnumerable<PlanNode> nodes)
        {
            PlanNode[] flat = [.. nodes.SelectMany(node => node is AndNode and ? and.Nodes : [node])];
            return flat.Length == 1 ? flat[0] : new AndNode(flat);
        }

        private static PlanNode AnyOf(IEnumerable<PlanNode> nodes)
        {
            PlanNode[] flat = [.. nodes.SelectMany(node => node is OrNode or ? or.Nodes : [node])];
            return flat.Length == 1 ? flat[0] : new OrNode(flat);
        }
    }
}
