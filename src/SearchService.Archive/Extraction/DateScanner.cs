namespace SearchService.Archive.Extraction;

/// <summary>
/// A cursor over a line that reads the parts dates are made of. Each method reads its part at the cursor and moves behind it, or
/// returns false and stays. Never looks beyond the span; linear.
/// </summary>
internal ref struct DateScanner(ReadOnlySpan<char> text)
{
    private static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ];

    /// <summary>Spellings and typing errors that agencies really send, beside the first three letters and "sept".</summary>
    private static readonly (string Form, int Month)[] OddMonths = [("narch", 3), ("marc", 3), ("mach", 3), ("febr", 2), ("janu", 1), ("octo", 10)];

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private readonly ReadOnlySpan<char> _text = text;

    public int Position { get; set; }

    public readonly bool AtEnd => Position >= _text.Length;

    public readonly char Current => Position < _text.Length ? _text[Position] : '\0';

    public readonly ReadOnlySpan<char> Rest => _text[Position..];

    public void SkipBlanks()
    {
        while (Position < _text.Length && char.IsWhiteSpace(_text[Position]))
        {
            Position++;
        }
    }

    /// <summary>Skips blanks and any of the marks.</summary>
    public void SkipBlanksAnd(ReadOnlySpan<char> marks)
    {
        while (Position < _text.Length && (char.IsWhiteSpace(_text[Position]) || marks.Contains(_text[Position])))
        {
            Position++;
        }
    }

    public bool TryChar(char c)
    {
        if (Current != c || AtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>An unsigned number of least to most digits, not followed by another digit.</summary>
    public bool TryNumber(int least, int most, out int value)
    {
        int digits = 0;
        value = 0;
        while (Position + digits < _text.Length && char.IsAsciiDigit(_text[Position + digits]))
        {
            if (digits < 9)
            {
                value = (value * 10) + (_text[Position + digits] - '0');
            }

            digits++;
        }

        if (digits < least || digits > most)
        {
            return false;
        }

        Position += digits;
        return true;
    }

    /// <summary>Reads the word at the cursor, ASCII letters only; empty where there is none.</summary>
    public readonly ReadOnlySpan<char> PeekWord()
    {
        int end = Position;
        while (end < _text.Length && char.IsLetter(_text[end]))
        {
            end++;
        }

        return _text[Position..end];
    }

    public bool TryWord(ReadOnlySpan<char> word)
    {
        if (!PeekWord().Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        Position += word.Length;
        return true;
    }

    /// <summary>A month's name or abbreviation as a word of its own, with its full stop.</summary>
    public bool TryMonth(out int month)
    {
        ReadOnlySpan<char> word = PeekWord();
        month = MonthOf(word);
        if (month == 0)
        {
            return false;
        }

        Position += word.Length;
        TryChar('.');
        return true;
    }

    /// <summary>A weekday's name or abbreviation, with full stop, comma and blanks behind it.</summary>
    public bool TryWeekday()
    {
        ReadOnlySpan<char> word = PeekWord();
        if (!IsWeekday(word))
        {
            return false;
        }

        Position += word.Length;
        SkipBlanksAnd(".,");
        return true;
    }

    /// <summary>1 to 12 for a month's name, its first three letters, "sept" or a usual typing error; else 0.</summary>
    public static int MonthOf(ReadOnlySpan<char> word)
    {
        if (word.Length < 3)
        {
            return 0;
        }

        for (int i = 0; i < Months.Length; i++)
        {
            if (word.Equals(Months[i], StringComparison.OrdinalIgnoreCase)
                || (word.Length == 3 && Months[i].AsSpan(0, 3).Equals(word, StringComparison.OrdinalIgnoreCase)))
            {
                return i + 1;
            }
        }

        if (word.Equals("sept", StringComparison.OrdinalIgnoreCase))
        {
            return 9;
        }

        foreach ((string form, int month) in OddMonths)
        {
            if (word.Equals(form, StringComparison.OrdinalIgnoreCase))
            {
                return month;
            }
        }

        return 0;
    }

    private static bool IsWeekday(ReadOnlySpan<char> word)
    {
        if (word.Length < 3)
        {
            return false;
        }

        foreach (string weekday in Weekdays)
        {
            if (word.Length <= weekday.Length && weekday.AsSpan(0, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase)
                && (word.Length <= 5 || word.Length == weekday.Length))
            {
                return true;
            }
        }

        return false;
    }
}
