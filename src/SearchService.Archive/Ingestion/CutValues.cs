using System.Globalization;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Ingestion;

/// <summary>
/// Names the values of an article that the index cuts at <see cref="ArticleSchema.MaxValueChars"/>. The writer does the cutting; what is
/// cut follows from the schema alone, so that the report needs no answer from it.
/// </summary>
internal static class CutValues
{
    public static IEnumerable<string> Of(Article article)
    {
        foreach (ArticleField field in ArticleSchema.ValueFields)
        {
            foreach (string value in ArticleSchema.ValuesOf(article, field))
            {
                if (value.Length > ArticleSchema.MaxValueChars)
                {
                    yield return string.Create(
                        CultureInfo.InvariantCulture, $"{field.Name} of {value.Length} characters cut at {ArticleSchema.MaxValueChars}");
                }
            }
        }
    }
}
