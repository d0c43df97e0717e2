using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace SearchService.Archive.Extraction;

/// <summary>
/// The form in which words are compared: without case, diacritics, apostrophes and final full stops, so that
/// <c>MƏMMƏDOV</c>, <c>Məmmədov</c> and <c>Mammadov</c> are one word, as are <c>Sana'a</c> and <c>Sanaa</c>.
/// Invariant: the same under every culture. Letters beyond Latin are lower-cased only.
/// </summary>
internal static class TextFolding
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>Fold of every UTF-16 unit below U+0250 and of Latin Extended Additional; null where lower-casing is all.</summary>
    private static readonly string?[] Latin = BuildLatin();

    /// <summary>64-bit key of a word; equal for words that fold to the same letters. Zero only for a word without any.</summary>
    // Runs a few hundred thousand times while the data files are loaded, before any tiering.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Key(ReadOnlySpan<char> word)
    {
        while (word.Length > 1 && word[^1] == '.')
        {
            word = word[..^1];
        }

        ulong hash = FnvOffset;
        bool any = false;
        foreach (char c in word)
        {
            if (c < 0x80)
            {
                if (c is '\'' or '`')
                {
                    continue;
                }

                hash = (hash ^ (uint)(c is >= 'A' and <= 'Z' ? c | 0x20 : c)) * FnvPrime;
                any = true;
            }
            else if (IsIgnored(c))
            {
                continue;
            }
            else if (FoldOf(c) is { } fold)
            {
                foreach (char f in fold)
                {
                    hash = (hash ^ f) * FnvPrime;
                }

                any = true;
            }
            else
            {
                hash = (hash ^ char.ToLowerInvariant(c)) * FnvPrime;
                any = true;
            }
        }

        if (!any)
        {
            return 0;
        }

        // FNV leaves its last bytes poorly spread over the low bits that index a table.
        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }

    /// <summary>The folded letters as a string: for comparing and for tests, not for hot paths.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        StringBuilder folded = new(word.Length);
        foreach (char c in word)
        {
            if (c is '\'' or '`' || IsIgnored(c))
            {
                continue;
            }

            if (FoldOf(c) is { } fold)
            {
                folded.Append(fold);
            }
            else
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        while (folded.Length > 1 && folded[^1] == '.')
        {
            folded.Length--;
        }

        return folded.ToString();
    }

    /// <summary>Key of a phrase: the keys of its words in order.</summary>
    public static ulong Combine(ulong phrase, ulong word) => ((phrase << 7) | (phrase >> 57)) * 0x9E3779B97F4A7C15 ^ word;

    /// <summary>Apostrophes and their look-alikes.</summary>
    public static bool IsApostrophe(char c) => c is '\'' or '’' or '`' or '‘' or 'ʼ' or 'ʻ' or '´';

    private static bool IsIgnored(char c) => IsApostrophe(c) || c is >= '\u0300' and <= '\u036F' or '\u00AD' or '\u200B';

    private static string? FoldOf(char c) => c switch
    {
        < 'À' => null,
        < 'ɐ' => Latin[c - 'À'],
        'ə' => "a",
        >= 'Ḁ' and <= 'ỿ' => Latin['ɐ' - 'À' + (c - 'Ḁ')],
        _ => null,
    };

    private static string?[] BuildLatin()
    {
        string?[] table = new string?['ɐ' - 'À' + 0x100];
        for (char c = 'À'; c < 'ɐ'; c++)
        {
            table[c - 'À'] = Decompose(c);
        }

        for (char c = 'Ḁ'; c <= 'ỿ'; c++)
        {
            table['ɐ' - 'À' + (c - 'Ḁ')] = Decompose(c);
        }

        return table;
    }

    private static string? Decompose(char c)
    {
        string? special = c switch
        {
            'ß' or 'ẞ' => "ss",
            'æ' or 'Æ' or 'ǽ' or 'Ǽ' => "ae",
            'œ' or 'Œ' => "oe",
            'ø' or 'Ø' or 'ǿ' or 'Ǿ' => "o",
            'ł' or 'Ł' => "l",
            'đ' or 'Đ' or 'ð' or 'Ð' => "d",
            'þ' or 'Þ' => "th",
            'ħ' or 'Ħ' => "h",
            'ı' or 'İ' => "i",
            'ŋ' or 'Ŋ' => "n",
            'ŧ' or 'Ŧ' => "t",
            'Ə' or 'ǝ' or 'Ǝ' => "a",
            'ƒ' => "f",
            _ => null,
        };
        if (special is not null)
        {
            return special;
        }

        StringBuilder letters = new();
        foreach (char d in c.ToString().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(d) != UnicodeCategory.NonSpacingMark)
            {
                letters.Append(char.ToLowerInvariant(d));
            }
        }

        return letters.ToString();
    }
}
