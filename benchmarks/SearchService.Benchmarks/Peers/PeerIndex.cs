using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Directories;
using SearchService.Retrieval.Postings;

namespace SearchService.Benchmarks.Peers;

/// <summary>
/// Builds the index of a bench corpus: text with positions, exact countries and people as terms (their columns are kept beside these), the time as a
/// column. Articles go in by time, as a rebuilt archive has them, so that a range of dates is a range of documents.
/// </summary>
internal static class PeerIndex
{
    public const string TextField = "text";
    public const string CountryField = "country";
    public const string PeopleField = "people";
    public const string TimeField = "time";
    public const string IdField = "id";

    public static void Build(string corpus, string target, int threads, int segments)
    {
        Stopwatch clock = Stopwatch.StartNew();
        RetrievalCodec.Register();
        System.IO.Directory.CreateDirectory(target);
        bool stock = Environment.GetEnvironmentVariable("STOCK") == "1";
        using MappedDirectory directory = new(target, NoLockFactory.GetNoLockFactory());
        IndexWriterConfig config = new(LuceneVersion.LUCENE_48, new WordsAnalyzer())
        {
            Similarity = new Bm25(),
            RAMBufferSizeMB = 512,
            OpenMode = OpenMode.CREATE,
            UseCompoundFile = false,
            MergePolicy = new LogDocMergePolicy { NoCFSRatio = 0 },
            Codec = stock ? new Lucene.Net.Codecs.Lucene46.Lucene46Codec() : new RetrievalCodec(),
        };
        long count = 0;
        TimeSpan written;
        using (IndexWriter writer = new(directory, config))
        {
            using IEnumerator<string> lines = InOrderOfTime(corpus).GetEnumerator();
            System.Threading.Lock reading = new();
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() => Interlocked.Add(ref count, Work(writer, lines, reading))))];
            Array.ForEach(workers, w => w.Start());
            Array.ForEach(workers, w => w.Join());
            writer.Commit();
            written = clock.Elapsed;
            if (segments > 0)
            {
                writer.ForceMerge(segments);
                writer.Commit();
            }
        }

        Report(target, count, threads, written, clock.Elapsed);
    }

    private static long Work(IndexWriter writer, IEnumerator<string> lines, System.Threading.Lock reading)
    {
        PeerArticle article = new();
        List<string> batch = [];
        long count = 0;
        while (true)
        {
            batch.Clear();
            lock (reading)
            {
                while (batch.Count < 200 && lines.MoveNext())
                {
                    batch.Add(lines.Current);
                }
            }

            if (batch.Count == 0)
            {
                return count;
            }

            foreach (string line in batch)
            {
                article.Parse(line);
                writer.AddDocument(Document(article));
                count++;
            }
        }
    }

    private static Document Document(PeerArticle article)
    {
        Document document =
        [
            new StringField(IdField, article.Id, Field.Store.YES),
            new TextField(TextField, article.Text, Field.Store.NO),
            new NumericDocValuesField(TimeField, article.Time),
        ];
        foreach (string country in article.Countries)
        {
            document.Add(new StringField(CountryField, country, Field.Store.NO));
        }

        foreach (string person in article.People)
        {
            document.Add(new StringField(PeopleField, person, Field.Store.NO));
        }

        return document;
    }

    /// <summary>The lines sorted by time, in file order where equal: the places of all lines are noted first, then read one by one.</summary>
    private static IEnumerable<string> InOrderOfTime(string corpus)
    {
        List<(long Time, long Offset, int Length)> places = [];
        using (StreamReader reader = new(corpus, Encoding.ASCII, false, 1 << 20))
        {
            long offset = 0;
            while (reader.ReadLine() is { } line)
            {
                places.Add((PeerArticle.TimeOf(line), offset, line.Length));
                offset += line.Length + 1;
            }
        }

        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(corpus);
        byte[] buffer = [];
        foreach ((long _, long offset, int length) in places.OrderBy(p => p.Time))
        {
            if (buffer.Length < length)
            {
                buffer = new byte[length * 2];
            }

            int read = RandomAccess.Read(file, buffer.AsSpan(0, length), offset);
            yield return Encoding.ASCII.GetString(buffer, 0, read);
        }
    }

    private static void Report(string target, long count, int threads, TimeSpan written, TimeSpan total)
    {
        IEnumerable<FileInfo> files = new DirectoryInfo(target).EnumerateFiles();
        string kinds = string.Join(", ", files.GroupBy(f => f.Extension).OrderByDescending(g => g.Sum(f => f.Length)).Select(g => $"{g.Key}={g.Sum(f => f.Length) / 1000}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"engine\":\"searchservice\",\"docs\":{count},\"threads\":{threads},\"build_s\":{written.TotalSeconds:F1},\"total_s\":{total.TotalSeconds:F1},\"cpu_s\":{Environment.CpuUsage.TotalTime.TotalSeconds:F1},\"peak_rss_mb\":{PeerProtocol.Status("VmHWM")},\"size_mb\":{files.Sum(f => f.Length) / 1e6:F1},\"size_kb\":\"{kinds}\"}}"));
    }

    /// <summary>Lower-cased runs of ASCII letters and digits, as every engine of the comparison splits text.</summary>
    private sealed class WordsAnalyzer : Analyzer
    {
        protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) => new(new Words(reader));

        private sealed class Words(TextReader reader) : CharTokenizer(LuceneVersion.LUCENE_48, reader)
        {
            protected override bool IsTokenChar(int c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or (>= 'A' and <= 'Z');

            protected override int Normalize(int c) => c is >= 'A' and <= 'Z' ? c + 32 : c;
        }
    }
}
