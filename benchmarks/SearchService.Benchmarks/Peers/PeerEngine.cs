using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Directories;
using SearchService.Retrieval.Postings;
using SearchService.Retrieval.TopK;

namespace SearchService.Benchmarks.Peers;

/// <summary>The engine under the comparison's queries.</summary>
internal sealed class PeerEngine : IDisposable
{
    private const int FirstYear = 1980;

    private readonly MappedDirectory _directory;
    private readonly DirectoryReader _reader;
    private readonly TopKSearcher _searcher;
    private readonly long[] _times;
    private readonly List<(int Month, int From, int To)> _months = [];
    private readonly ValueField _countries;
    private readonly ValueField _people;
    private readonly ThreadLocal<DocSet> _matches;

    private PeerEngine(string path)
    {
        Stopwatch clock = Stopwatch.StartNew();
        RetrievalCodec.Register();
        _directory = new MappedDirectory(path, NoLockFactory.GetNoLockFactory());
        _reader = DirectoryReader.Open(_directory);
        _searcher = new TopKSearcher(_reader);
        _times = Times(_reader);
        AddMonths();
        _countries = Field(PeerIndex.CountryField);
        _people = Field(PeerIndex.PeopleField);
        _matches = new ThreadLocal<DocSet>(() => new DocSet(_reader.MaxDoc));
        OpenTime = clock.Elapsed;
    }

    public TimeSpan OpenTime { get; }

    public int Docs => _reader.MaxDoc;

    public int Segments => _reader.Leaves.Count;

    public static PeerEngine Open(string path) => new(path);

    public void Dispose()
    {
        _matches.Dispose();
        _reader.Dispose();
        _directory.Dispose();
    }

    /// <summary>Makes the query, searches, holds hits (and named facet values).</summary>
    public PeerAnswer Search(PeerQuery query, string mode)
    {
        TopKRequest request = mode switch
        {
            "top10" => Best,
            "top100" => BestHundred,
            "exact" => Exact,
            "count" => CountOnly,
            "facet" => Faceted with { MatchesInto = _matches.Value },
            _ => throw new ArgumentException($"unknown mode '{mode}'"),
        };
        TopKResult result = _searcher.Search(Query(query), request, default);
        if (mode != "facet")
        {
            return new PeerAnswer(result, null, null, null);
        }

        using CountedDocuments matches = new(_reader.Leaves.Select(l => DocBits.Of(result.Matches!, l.DocBase, l.Reader.MaxDoc)).ToArray());
        return new PeerAnswer(result, _countries.Top(matches, int.MaxValue), MonthCounts(result.Matches!), _people.Top(matches, 10));
    }

    public string Describe(PeerQuery query, string mode)
    {
        PeerAnswer answer = Search(query, mode);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{{\"q\":\"{string.Join(' ', query.Words)}\",\"hits\":\"{answer.Result.Total}{(answer.Result.TotalIsExact ? "" : "+")} hits\",\"ids\":[");
        text.AppendJoin(',', answer.Result.Hits.Select(h => $"\"{_reader.Document(h.Doc).Get(PeerIndex.IdField, CultureInfo.InvariantCulture)}\""));
        // the factor k1 + 1 is left out by the peers
        text.Append("],\"scores\":[").AppendJoin(',', answer.Result.Hits.Select(h => (h.Score / 2.2f).ToString("R", CultureInfo.InvariantCulture))).Append(']');
        if (answer is { Countries: { } countries, Months: { } months, People: { } people })
        {
            text.Append(",\"facets\":{\"country\":[").AppendJoin(',', countries.Select(c => $"[\"{c.Value}\",{c.Count}]"));
            text.Append("],\"month\":[").AppendJoin(',', months.Select(m => $"[\"{FirstYear + (m.Month / 12)}-{(m.Month % 12) + 1:D2}\",{m.Count}]"));
            text.Append("],\"people\":[").AppendJoin(',', people.Select(p => $"[\"{p.Value}\",{p.Count}]")).Append("]}");
        }

        return text.Append('}').ToString();
    }

    private static readonly TopKRequest Best = new();
    private static readonly TopKRequest BestHundred = new() { Hits = 100 };
    private static readonly TopKRequest Exact = new() { Total = TotalCount.Exact };
    private static readonly TopKRequest CountOnly = new() { Hits = 0, Total = TotalCount.Exact };
    private static readonly TopKRequest Faceted = new() { Total = TotalCount.Exact, Matches = true };

    private ValueField Field(string name) => new([.. _reader.Leaves.Select(l => ValueColumn.Load(l.AtomicReader, name))]);

    private static long[] Times(IndexReader reader)
    {
        long[] times = GC.AllocateUninitializedArray<long>(reader.MaxDoc);
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            NumberColumn.Read(leaf.AtomicReader, PeerIndex.TimeField, times.AsSpan(leaf.DocBase, leaf.Reader.MaxDoc));
        }

        return times;
    }

    private Clause Query(PeerQuery query)
    {
        if (query.Operator == "PHRASE")
        {
            return new PhraseClause(PeerIndex.TextField, [.. query.Words.Select((w, i) => new PhraseTerm(w, i))]);
        }

        Clause[] words = [.. query.Words.Select(w => new TermClause(PeerIndex.TextField, w))];
        return query.Operator switch
        {
            "FILTER" => new BooleanClause
            {
                Must = words,
                Filter = [new RangeClause(FirstFrom(query.From), FirstFrom(query.To + 1)), new TermClause(PeerIndex.CountryField, query.Country)],
            },
            _ when words.Length == 1 => words[0],
            "OR" => new BooleanClause { Should = words },
            _ => new BooleanClause { Must = words },
        };
    }

    /// <summary>Documents stand in the order of time: a month is a range of them.</summary>
    private void AddMonths()
    {
        for (int from = 0; from < _times.Length; from = _months[^1].To)
        {
            DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(_times[from]);
            DateTimeOffset next = new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
            _months.Add((((time.Year - FirstYear) * 12) + time.Month - 1, from, FirstFrom(next.ToUnixTimeSeconds())));
        }
    }

    /// <summary>The first document of that time or later.</summary>
    private int FirstFrom(long time)
    {
        int low = 0;
        int high = _times.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_times[middle] < time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private List<(int Month, int Count)> MonthCounts(DocSet matches)
    {
        List<(int Month, int Count)> counts = [];
        foreach ((int month, int from, int to) in _months)
        {
            int count = matches.Count(from, to);
            if (count > 0)
            {
                counts.Add((month, count));
            }
        }

        return counts;
    }
}

/// <summary>What a search gave.</summary>
internal sealed record PeerAnswer(
    TopKResult Result,
    IReadOnlyList<ValueCount>? Countries,
    IReadOnlyList<(int Month, int Count)>? Months,
    IReadOnlyList<ValueCount>? People);
