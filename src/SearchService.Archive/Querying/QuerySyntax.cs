using SearchService.Archive.Articles;

namespace SearchService.Archive.Querying;

/// <summary>
/// A query as the user wrote it, as an immutable tree. Only <see cref="QueryParser"/> and rewriting of its trees make one, so that
/// <see cref="QueryLimits"/> hold and the depth is bounded. <see cref="ToString"/> prints it in the query language: parsing that
/// gives the same tree, but for the positions.
/// </summary>
/// <param name="Start">Where it stands in the text, in UTF-16 units.</param>
/// <param name="Length">Its length there, signs, field name and parentheses included.</param>
public abstract record QuerySyntax(int Start, int Length)
{
    public sealed override string ToString() => QueryPrinter.Print(this);
}

/// <summary>The empty query: every article.</summary>
public sealed record EverythingSyntax() : QuerySyntax(0, 0);

/// <summary>A word as written; in a field of codes or dates the value in its canonical form: <c>AZ</c>, <c>P7D</c>, <c>_missing</c>.</summary>
public sealed record WordSyntax(string Text, float Boost, int Start, int Length) : QuerySyntax(Start, Length);

/// <summary>Words in quotes, separated by one space each; <paramref name="Slop"/> 0 is exact.</summary>
public sealed record PhraseSyntax(string Text, int Slop, float Boost, int Start, int Length) : QuerySyntax(Start, Length);

/// <summary>The beginning of a word, without its star.</summary>
public sealed record PrefixSyntax(string Text, float Boost, int Start, int Length) : QuerySyntax(Start, Length);

/// <summary>A word, phrase, prefix or group within one field. Fields do not nest.</summary>
public sealed record FieldSyntax(ArticleField Field, QuerySyntax Operand, int Start, int Length) : QuerySyntax(Start, Length);

/// <summary>What <c>+</c> stands before: required whatever <see cref="MatchMode"/> says, and never left out.</summary>
public sealed record RequiredSyntax(QuerySyntax Operand, int Start, int Length) : QuerySyntax(Start, Length);

/// <summary>What <c>-</c> or <c>NOT</c> stands before.</summary>
public sealed record NotSyntax(QuerySyntax Operand, int Start, int Length) : QuerySyntax(Start, Length);

/// <summary>
/// Operands next to each other without an operator; at least two. Plain words among them combine as <see cref="MatchMode"/> says, the
/// rest is required. A run within a run stood in parentheses.
/// </summary>
public sealed record RunSyntax(IReadOnlyList<QuerySyntax> Items, int Start, int Length) : QuerySyntax(Start, Length);

/// <summary>Operands joined by <c>AND</c>, at least two, none of them an <see cref="AndSyntax"/>.</summary>
public sealed record AndSyntax(IReadOnlyList<QuerySyntax> Items, int Start, int Length) : QuerySyntax(Start, Length);

/// <summary>Operands joined by <c>OR</c>, at least two, none of them an <see cref="OrSyntax"/>.</summary>
public sealed record OrSyntax(IReadOnlyList<QuerySyntax> Items, int Start, int Length) : QuerySyntax(Start, Length);
