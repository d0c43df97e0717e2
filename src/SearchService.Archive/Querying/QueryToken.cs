using SearchService.Archive.Articles;

namespace SearchService.Archive.Querying;

internal enum QueryTokenKind : byte
{
    End,
    Word,
    Phrase,
    Prefix,

    /// <summary>A field's name with its colon; a word, phrase, prefix or open parenthesis follows at once.</summary>
    Field,
    Minus,
    Plus,
    Open,
    Close,
    And,
    Or,
    Not,

    /// <summary><see cref="QueryToken.Text"/> is the message.</summary>
    Error,
}

/// <summary>A piece of a query text.</summary>
internal readonly record struct QueryToken(QueryTokenKind Kind, int Start, int Length, string Text = "", int Slop = 0, float Boost = 1, ArticleField? Field = null)
{
    public int End => Start + Length;

    public static QueryToken Error(string message, int start, int length) => new(QueryTokenKind.Error, start, length, message);
}
