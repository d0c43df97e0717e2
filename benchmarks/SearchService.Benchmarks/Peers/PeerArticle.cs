using System.Text;

namespace SearchService.Benchmarks.Peers;

/// <summary>
/// One line of a bench corpus: an article with its keys in a fixed order, printable ASCII, only quotation mark and backslash escaped.
/// </summary>
internal sealed class PeerArticle
{
    private readonly StringBuilder _text = new();
    private string _line = "";
    private int _at;

    public string Id { get; private set; } = "";

    /// <summary>Headline, line feed, body.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Seconds since 1970.</summary>
    public long Time { get; private set; }

    public List<string> Countries { get; } = [];

    public List<string> People { get; } = [];

    /// <summary>Reads a line into this article.</summary>
    /// <exception cref="FormatException">The line is not of the corpus.</exception>
    public void Parse(string line)
    {
        _line = line;
        _at = 0;
        Id = Value("{\"id\":");
        string headline = Value(",\"headline\":");
        Text = headline + "\n" + Value(",\"body\":");
        Time = Seconds(Value(",\"date\":"));
        List(",\"country\":", Countries);
        List(",\"people\":", People);
    }

    /// <summary>The date of a line, without the rest.</summary>
    public static long TimeOf(string line)
    {
        // the body cannot hold this: its quotation marks are escaped
        const string Key = ",\"date\":\"";
        int at = line.LastIndexOf(Key, StringComparison.Ordinal);
        return Seconds(line.Substring(at + Key.Length, 20));
    }

    private static long Seconds(string date) =>
        DateTimeOffset.ParseExact(date, "yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds();

    private void Skip(string key)
    {
        if (string.CompareOrdinal(_line, _at, key, 0, key.Length) != 0)
        {
            throw new FormatException($"expected {key} at {_at}");
        }

        _at += key.Length;
    }

    private string Value(string key)
    {
        Skip(key);
        return Quoted();
    }

    private string Quoted()
    {
        int start = ++_at;
        int stop = _line.AsSpan(start).IndexOfAny('"', '\\') + start;
        if (_line[stop] == '"')
        {
            _at = stop + 1;
            return _line[start..stop];
        }

        _text.Clear();
        _text.Append(_line, start, stop - start);
        for (; _line[stop] != '"'; stop++)
        {
            if (_line[stop] == '\\')
            {
                stop++;
            }

            _text.Append(_line[stop]);
        }

        _at = stop + 1;
        return _text.ToString();
    }

    private void List(string key, List<string> target)
    {
        target.Clear();
        Skip(key);
        while (_line[_at] != ']')
        {
            _at++;
            if (_line[_at] == '"')
            {
                target.Add(Quoted());
            }
        }

        _at++;
    }
}
