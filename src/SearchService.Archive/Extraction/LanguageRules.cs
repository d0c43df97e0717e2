namespace SearchService.Archive.Extraction;

/// <summary>The language of a text by its function words. Says nothing of texts that are short, mixed or in another language.</summary>
internal static class LanguageRules
{
    private const int LeastWords = 20;
    private const int MostWords = 400;

    private static readonly (string Tag, HashSet<ulong> Words)[] Languages =
    [
        ("en", Keys("the of and to in that is was for it with as on be at by this had not are but from or have an they which were their been has will would said who")),
        ("de", Keys("der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über")),
        ("fr", Keys("le la les de des et en un une du que est pour qui dans par plus pas au sur ne se ce il sont avec aux cette ses mais comme été a ont leur")),
        ("es", Keys("el la los las de que y en un una por con para del se es su al lo como más pero sus le ha este sí porque esta entre cuando muy sin sobre fue")),
        ("it", Keys("il la di che e un una per del della è in non con sono da al dei le si come più alla nel ha anche gli lo questo ma dal delle")),
        ("pt", Keys("o a os as de que e do da em um uma para com não por mais dos como se na no ao pelo pela são foi seu sua entre das")),
        ("nl", Keys("de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit door wordt naar heeft hij ze worden")),
        ("sv", Keys("och att det som en är på av för med till den har de inte om ett men var jag från vi så kan när ska")),
    ];

    /// <summary>BCP 47 tag; null where the words do not decide.</summary>
    public static string? Detect(TokenizedText tokens)
    {
        Span<int> hits = stackalloc int[8];
        int words = 0;
        foreach (Token token in tokens.Tokens)
        {
            if (!token.IsWord)
            {
                continue;
            }

            for (int i = 0; i < Languages.Length; i++)
            {
                hits[i] += Languages[i].Words.Contains(token.Key) ? 1 : 0;
            }

            if (++words == MostWords)
            {
                break;
            }
        }

        if (words < LeastWords)
        {
            return null;
        }

        int best = 0;
        int second = -1;
        for (int i = 1; i < Languages.Length; i++)
        {
            if (hits[i] > hits[best])
            {
                (best, second) = (i, best);
            }
            else if (second < 0 || hits[i] > hits[second])
            {
                second = i;
            }
        }

        // A sixth of running text is made of such words; a table of prices has none.
        return hits[best] * 6 >= words && hits[best] >= hits[second] * 3 / 2 ? Languages[best].Tag : null;
    }

    /// <summary>A declared language as a lower-case BCP 47 tag; English names of languages are understood.</summary>
    public static string? Normalize(string? declared)
    {
        if (string.IsNullOrWhiteSpace(declared))
        {
            return null;
        }

        string tag = declared.Trim().ToLowerInvariant().Replace('_', '-');
        return tag switch
        {
            "english" or "eng" => "en",
            "german" or "deutsch" or "deu" or "ger" => "de",
            "french" or "français" or "fra" or "fre" => "fr",
            "spanish" or "español" or "spa" => "es",
            "italian" or "italiano" or "ita" => "it",
            "portuguese" or "por" => "pt",
            "russian" or "rus" => "ru",
            "dutch" or "nld" or "dut" => "nl",
            "azerbaijani" or "aze" => "az",
            "turkish" or "tur" => "tr",
            "arabic" or "ara" => "ar",
            "chinese" or "zho" or "chi" => "zh",
            "japanese" or "jpn" => "ja",
            _ => tag,
        };
    }

    private static HashSet<ulong> Keys(string words) => [.. words.Split(' ').Select(w => TextFolding.Key(w))];
}
