using System.Text;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// What must match and how it scores, as an immutable tree. Terms are the index's own bytes: nothing is analysed here.
/// </summary>
/// <remarks>
/// Scores are those of stock Lucene.NET with <see cref="Postings.Bm25"/>: sums over required clauses in single precision from the rarest to the most
/// frequent, sums over optional ones in double precision, then required plus optional. A clause that cannot match (an unknown term) is no error.
/// </remarks>
public abstract record Clause
{
    private protected Clause()
    {
    }
}

/// <summary>Documents with a term. Scores BM25.</summary>
/// <param name="Field">An indexed field; its frequencies count where they were indexed, else each document has one.</param>
/// <param name="Term">The term's bytes.</param>
/// <param name="Boost">Factor of the score, 0 or more.</param>
public sealed record TermClause(string Field, ReadOnlyMemory<byte> Term, float Boost = 1) : Clause
{
    /// <summary>A term by its text.</summary>
    public TermClause(string field, string text, float boost = 1)
        : this(field, Encoding.UTF8.GetBytes(text), boost)
    {
    }

    /// <summary>Count only occurrences at these positions (a document without one does not match); null for all.</summary>
    public PositionRange? Within { get; init; }

    /// <summary>Count only occurrences beyond those in another field (a document without one does not match); null for all. Not together with <see cref="Within"/>.</summary>
    public FieldShare? Beyond { get; init; }
}

/// <summary>A part of a field's occurrences that another field has too: each one there stands for so many here. Both fields have frequencies.</summary>
public readonly record struct FieldShare(string Field, int Times);

/// <summary>Positions from <paramref name="From"/> up to and without <paramref name="To"/>.</summary>
public readonly record struct PositionRange(int From, int To = int.MaxValue);

/// <summary>A term of a phrase and its place in it.</summary>
public readonly record struct PhraseTerm(ReadOnlyMemory<byte> Term, int Position)
{
    /// <summary>A term by its text.</summary>
    public PhraseTerm(string text, int position)
        : this(Encoding.UTF8.GetBytes(text), position)
    {
    }
}

/// <summary>
/// Terms at their places relative to each other, or within <paramref name="Slop"/> moves of it. Scores BM25 with the sum of the terms' idf and the number of
/// places where the phrase stands (a sloppy one counts 1/(1 + moves)). One term alone is that term.
/// </summary>
/// <param name="Field">A field with positions; <see cref="InvalidOperationException"/> at the search where it has none.</param>
/// <param name="Terms">At least one.</param>
/// <param name="Slop">How many moves of terms are allowed, 0 or more. What counts as a match then, and how often, is what stock Lucene takes for it.</param>
public sealed record PhraseClause(string Field, IReadOnlyList<PhraseTerm> Terms, int Slop = 0, float Boost = 1) : Clause
{
    /// <summary>Count only phrases that begin at these positions, loose ones only with all terms at these positions; null for all.</summary>
    public PositionRange? Within { get; init; }
}

/// <summary>
/// A combination: all of <see cref="Must"/> and <see cref="Filter"/>, none of <see cref="MustNot"/>, and at least <see cref="MinShouldMatch"/> of
/// <see cref="Should"/> (at least one where neither must nor filter is given). The score is that of must and should.
/// </summary>
public sealed record BooleanClause : Clause
{
    public IReadOnlyList<Clause> Must { get; init; } = [];

    public IReadOnlyList<Clause> Should { get; init; } = [];

    public IReadOnlyList<Clause> MustNot { get; init; } = [];

    /// <summary>Required, without a score.</summary>
    public IReadOnlyList<Clause> Filter { get; init; } = [];

    public int MinShouldMatch { get; init; }

    /// <summary>Factor of the scores of all clauses inside.</summary>
    public float Boost { get; init; } = 1;
}

/// <summary>Every document, score 0.</summary>
public sealed record AllClause : Clause;

/// <summary>The documents of a set over the whole reader, score 0.</summary>
public sealed record SetClause(DocSet Documents) : Clause;

/// <summary>Documents from <paramref name="From"/> up to and without <paramref name="To"/>, numbered as in the whole reader, score 0.</summary>
public sealed record RangeClause(int From, int To) : Clause;

/// <summary>Documents with any of many terms of one field, each with the same score: an expanded prefix, the chosen values of a filter.</summary>
public sealed record AnyTermClause(string Field, IReadOnlyList<ReadOnlyMemory<byte>> Terms, float Score = 0) : Clause;

/// <summary>Documents with any term of a field that begins with the given bytes, however many there are, each document with the same score.</summary>
public sealed record PrefixClause(string Field, ReadOnlyMemory<byte> Prefix, float Score = 0) : Clause
{
    /// <summary>A prefix by its text.</summary>
    public PrefixClause(string field, string text, float score = 0)
        : this(field, Encoding.UTF8.GetBytes(text), score)
    {
    }

    /// <summary>Count only occurrences beyond those of the same term in another field; null for all.</summary>
    public FieldShare? Beyond { get; init; }
}

/// <summary>What <paramref name="Inner"/> matches, with one score for all.</summary>
public sealed record ConstantClause(Clause Inner, float Score) : Clause;
