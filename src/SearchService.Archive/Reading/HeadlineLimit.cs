using System.Globalization;
using SearchService.Archive.Articles;

namespace SearchService.Archive.Reading;

/// <summary>The sentence for a declared headline that cannot be one.</summary>
internal static class HeadlineLimit
{
    public static string Exceeded(string headline) => string.Create(
        CultureInfo.InvariantCulture,
        $"headline of {headline.Length} characters, want at most {ArticleSchema.MaxHeadlineChars}; is the field mapping right?");
}
