using System.Text;

namespace SearchService.Archive.Tests.Extraction;

/// <summary>Texts made of the pieces that rules look for, and of anything else.</summary>
internal static class RandomText
{
    private static readonly string[] Pieces =
    [
        "\n", "\n\n", "\r\n", " ", "  ", "\t", ".", ",", "-", "--", "—", ":", "(", ")", "/", "\"", "“", "”", "’s", "'s", "`", "&", "$", "\u0000", "\uD83D\uDE00", "\uD800", "İ", "ı", "ß",
        "Moscow", "BAKU", "Azerbaijan", "Nov. 21", "21 November 2018", "14:20", "(Reuters)", "/TASS/", "Mr", "President", "Smith", "John", "A.", "J.D.", "von", "al-Sisi", "the", "of", "Inc",
        "said", "2018", "2018-11-21", "UTC+04:00", "By", "Source:", "Trend:", "Council", "Məmmədov", "Wałęsa", "Москва", "北京", "US", "U.S.", "Georgia", "Jr.", "who", "in", "and", "é", "e\u0301",
    ];

    public static string Make(Random random, int pieces)
    {
        StringBuilder text = new();
        for (int i = 0; i < pieces; i++)
        {
            text.Append(random.Next(20) == 0 ? ((char)random.Next(0xFFFF)).ToString() : Pieces[random.Next(Pieces.Length)]);
            if (random.Next(3) > 0)
            {
                text.Append(' ');
            }
        }

        return text.ToString();
    }
}
