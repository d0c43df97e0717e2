using System.Globalization;
using System.Text;

namespace SearchService.Archive.Reading;

/// <summary>Character references of SGML (ISO 8879, clause 9.4): the four of markup by name, and numbers.</summary>
internal static class SgmlText
{
    /// <summary>
    /// The text with its references resolved and line ends as LF. References to control characters, which wires sent as signals, yield
    /// nothing, as do such characters themselves; what is no reference stays as written.
    /// </summary>
    public static string Resolve(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        while (!raw.IsEmpty)
        {
            int ampersand = raw.IndexOf('&');
            Append(text, ampersand < 0 ? raw : raw[..ampersand]);
            if (ampersand < 0)
            {
                break;
            }

            raw = raw[ampersand..];
            int length = Reference(raw, out Rune? character);
            if (character is { } rune && !IsSignal(rune.Value))
            {
                text.Append(rune.ToString());
            }

            raw = raw[length..];
        }

        return LineEnds.ToLf(text.ToString());
    }

    /// <summary>Length of the reference at the start and its character; a lone '&amp;' is itself.</summary>
    private static int Reference(ReadOnlySpan<char> raw, out Rune? character)
    {
        const int MaxReferenceChars = 12;
        int end = raw[..Math.Min(raw.Length, MaxReferenceChars)].IndexOf(';');
        ReadOnlySpan<char> name = end < 0 ? [] : raw[1..end];
        character = name switch
        {
            "lt" => new Rune('<'),
            "gt" => new Rune('>'),
            "amp" => new Rune('&'),
            "quot" => new Rune('"'),
            ['#', .. var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code)
                => new Rune(code),
            _ => null,
        };
        if (character is not null)
        {
            return end + 1;
        }

        character = new Rune('&');
        return 1;
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> raw)
    {
        foreach (char c in raw)
        {
            if (!IsSignal(c))
            {
                text.Append(c);
            }
        }
    }

    private static bool IsSignal(int code) => code is (< 32 and not ('\t' or '\n' or '\r')) or 127;
}
