using Lucene.Net.Documents;
using Lucene.Net.Index;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// What an index holds for an article, by Lucene field:
/// <list type="bullet">
/// <item><c>text</c>: stems of headline and body with positions. Each headline word counts <see cref="HeadlineWeight"/> times at
/// one position; the body begins at position <see cref="BodyStart"/>, so that its words need no field of their own.</item>
/// <item><c>text.exact</c>: the same words unstemmed, without positions: for beginnings of words.</item>
/// <item><c>headline</c>, <c>headline.exact</c>: the headline's words likewise, each once.</item>
/// <item><c>person</c> and the other fields with words: unstemmed, <see cref="ValueGap"/> positions between two values.</item>
/// <item><c>person.value</c> and so on: exact values, cut at <see cref="ArticleSchema.MaxValueChars"/>.</item>
/// <item><c>date</c>: the packed date, a number a document. <c>id</c>: the article's id. <c>article</c>: the stored
/// form, compressed.</item>
/// </list>
/// </summary>
internal static class IndexFields
{
    public const string Text = "text";
    public const string TextExact = "text.exact";
    public const string Headline = "headline";
    public const string HeadlineExact = "headline.exact";
    public const string Date = "date";
    public const string Id = "id";
    public const string Article = "article";

    /// <summary>How often a headline's word counts beside a body's.</summary>
    public const int HeadlineWeight = 3;

    /// <summary>Position of the body's first word: behind any headline, and further than any phrase reaches.</summary>
    public const int BodyStart = ArticleSchema.MaxHeadlineChars + 76;

    /// <summary>Positions between two values of a field, more than any phrase reaches.</summary>
    public const int ValueGap = 100;

    /// <summary>Greatest distance of a phrase's words that is looked at.</summary>
    public const int MaxSlop = 64;

    /// <summary>Words with positions and length norms.</summary>
    public static readonly FieldType Words = Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, norms: true);

    /// <summary>Words with positions, each value alike whatever its length.</summary>
    public static readonly FieldType ValueWords = Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, norms: false);

    /// <summary>Words with their frequency alone.</summary>
    public static readonly FieldType ExactWords = Indexed(IndexOptions.DOCS_AND_FREQS, norms: false);

    /// <summary>Name of the field with the exact values.</summary>
    public static string Values(ArticleField field) => field.Name + ".value";

    /// <summary>A value as it is indexed: cut where it is too long, not inside a surrogate pair.</summary>
    public static string Cut(string value)
    {
        if (value.Length <= ArticleSchema.MaxValueChars)
        {
            return value;
        }

        int end = ArticleSchema.MaxValueChars;
        return value[..(char.IsHighSurrogate(value[end - 1]) ? end - 1 : end)];
    }

    private static FieldType Indexed(IndexOptions options, bool norms)
    {
        FieldType type = new() { IsIndexed = true, IsTokenized = true, IndexOptions = options, OmitNorms = !norms };
        type.Freeze();
        return type;
    }
}
