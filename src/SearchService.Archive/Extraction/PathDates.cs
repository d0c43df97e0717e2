using SearchService.Archive.Articles;

namespace SearchService.Archive.Extraction;

/// <summary>Dates in addresses and in the names of files and folders.</summary>
internal static class PathDates
{
    /// <summary>The day in an address's path: /2018/11/21/, /2018-11-21/, /20181121/, -20181121. Null where there is none.</summary>
    public static ArticleDate? FromUrl(string? url)
    {
        if (string.IsNullOrEmpty(url))
        {
            return null;
        }

        int path = url.IndexOf("://", StringComparison.Ordinal);
        path = path < 0 ? 0 : url.IndexOf('/', path + 3);
        if (path < 0)
        {
            return null;
        }

        int query = url.AsSpan(path).IndexOfAny('?', '#');
        ReadOnlySpan<char> text = query < 0 ? url.AsSpan(path) : url.AsSpan(path, query);
        return Best(text, DateProvenance.Url, least: DatePrecision.Month, file: false);
    }

    /// <summary>
    /// The date in a path: the file's name first, then its folders: 2018-11-21-story.txt, 20181121.txt, 2018/11/21/, 1987/. A
    /// bare year counts only as a folder or at the start of a name.
    /// </summary>
    public static ArticleDate? FromPath(string path) => Best(path, DateProvenance.FileName, least: DatePrecision.Year, file: true);

    private static ArticleDate? Best(ReadOnlySpan<char> text, DateProvenance provenance, DatePrecision least, bool file)
    {
        ArticleDate? best = null;
        for (int i = 0; i < text.Length; i++)
        {
            // A run of digits begins here.
            if (!char.IsAsciiDigit(text[i]) || (i > 0 && char.IsAsciiDigit(text[i - 1])))
            {
                continue;
            }

            bool opens = i == 0 || text[i - 1] is '/' or '\\' or '!';
            if (TryAt(text[i..], opens || file, out int year, out int month, out int day) && Exists(year, month, day))
            {
                DatePrecision precision = day > 0 ? DatePrecision.Day : month > 0 ? DatePrecision.Month : DatePrecision.Year;
                bool counts = precision == DatePrecision.Day || opens;
                if (precision >= least && counts && (best is null || precision >= best.Value.Precision))
                {
                    best = new ArticleDate(new DateTime(year, Math.Max(month, 1), Math.Max(day, 1)), precision, null, provenance);
                }
            }
        }

        return best;
    }

    /// <summary>yyyy, yyyy?mm, yyyy?mm?dd with one of - _ . / between, yyyymmdd, yyyymm.</summary>
    private static bool TryAt(ReadOnlySpan<char> text, bool compact, out int year, out int month, out int day)
    {
        month = 0;
        day = 0;
        DateScanner scanner = new(text);
        if (scanner.TryNumber(8, 8, out int run) || scanner.TryNumber(14, 14, out run))
        {
            if (scanner.Position == 14)
            {
                DateScanner first = new(text[..8]);
                first.TryNumber(8, 8, out run);
            }

            (year, month, day) = (run / 10000, run / 100 % 100, run % 100);
            return compact || text.Length >= 8;
        }

        if (!scanner.TryNumber(4, 4, out year))
        {
            return false;
        }

        char mark = scanner.Current;
        if (mark is not ('-' or '_' or '.' or '/'))
        {
            return scanner.AtEnd || !char.IsLetter(mark);
        }

        int afterYear = scanner.Position++;
        if (!scanner.TryNumber(1, 2, out month) && !scanner.TryMonth(out month))
        {
            scanner.Position = afterYear;
            month = 0;
            return true;
        }

        if (month is < 1 or > 12)
        {
            month = 0;
            return mark == '/';
        }

        // A folder's mark and a file's may differ: 2018/11/21-story; 2018-11/21.
        if (scanner.Current is '-' or '_' or '.' or '/')
        {
            int afterMonth = scanner.Position++;
            if (!scanner.TryNumber(1, 2, out day) || char.IsLetter(scanner.Current))
            {
                scanner.Position = afterMonth;
                day = 0;
            }
        }

        return true;
    }

    private static bool Exists(int year, int month, int day) =>
        year is >= 1600 and <= 2199 && (month == 0 || (month <= 12 && (day == 0 || day <= DateTime.DaysInMonth(year, month))));
}
