using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Archive.Articles;
using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Index;
using SearchService.Retrieval.Columns;
using SearchService.Retrieval.Postings;

namespace SearchService.Archive.Tests.Backends.Embedded;

/// <summary>Small archives of made-up articles, and snapshots of them in memory with as many segments and deletions as wanted.</summary>
internal static class TestArchive
{
    /// <summary>Words that are their own stems, each of a stem of its own; some begin like others.</summary>
    public static readonly string[] Words =
        ["oil", "port", "portal", "bank", "pact", "fund", "flood", "floor", "vote", "tax", "ship", "strait", "coal", "grain", "harbor", "of", "the", "in"];

    public static Article Make(
        int number,
        string? headline = null,
        string body = "",
        string? date = null,
        string[]? people = null,
        string[]? countries = null,
        string? source = null) => new()
        {
            Id = ArticleId.FromPath("test", number),
            Origin = new ArticleOrigin($"test/{number}.txt", 0, "text", "utf-8"),
            Headline = headline,
            Body = body,
            Date = date is null ? null : ArticleDate.TryParse(date, DateProvenance.Declared, out ArticleDate d) ? d : throw new ArgumentException(date),
            People = [.. (people ?? []).Select(p => new PersonMentions(p, 1, [p]))],
            Countries = countries ?? [],
            Source = source,
        };

    /// <summary>An article of random words, dates of all precisions, and values with a long tail.</summary>
    public static Article Random(Random random, int number) => Make(
        number,
        random.Next(5) == 0 ? null : RandomText(random, random.Next(1, 6)),
        RandomText(random, random.Next(40)),
        RandomDate(random),
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"Person {(int)(30 * Math.Pow(random.NextDouble(), 2))}").Distinct()],
        [.. Enumerable.Range(0, random.Next(3)).Select(_ => $"C{(int)(8 * Math.Pow(random.NextDouble(), 2))}").Distinct()],
        random.Next(4) == 0 ? null : $"Agency {random.Next(3)}");

    /// <summary>A snapshot of articles in the order an index has them, by date and id.</summary>
    public static EmbeddedSnapshot Snapshot(params Article[] articles) => Snapshot([[.. Ordered(articles)]], []);

    /// <summary>A snapshot with one segment for each list, in the given order, without the deleted articles.</summary>
    public static EmbeddedSnapshot Snapshot(IReadOnlyList<IReadOnlyList<Article>> segments, IReadOnlyCollection<ArticleId> deleted)
    {
        RetrievalCodec.Register();
        DirectoryReader reader = Reader(segments, deleted, new RetrievalCodec(), new Bm25());
        GenerationManifest manifest = new()
        {
            Generation = 1,
            Schema = ArticleSchema.Version,
            Analyzer = ArticleAnalyzer.Version,
            Extractor = 0,
            Program = "test",
            BuiltAt = DateTimeOffset.UnixEpoch,
            Articles = segments.Sum(s => s.Count) - deleted.Count,
            Digest = "",
            Bytes = 0,
        };
        return new EmbeddedSnapshot(reader, new CommitId(1, 1), manifest, ArticleCompression.Of(""), new SegmentColumns(), TimeProvider.System);
    }

    /// <summary>An index in memory with one segment for each list, without the deleted articles.</summary>
    public static DirectoryReader Reader(
        IReadOnlyList<IReadOnlyList<Article>> segments, IReadOnlyCollection<ArticleId> deleted, Codec codec, Similarity similarity)
    {
        RAMDirectory directory = new();
        using ArticleCompression compression = ArticleCompression.Of("");
        DocumentMapper mapper = new(new ArticleAnalyzer());
        IndexWriterConfig config = new(LuceneVersion.LUCENE_48, null)
        {
            Codec = codec,
            Similarity = similarity,
            MergePolicy = NoMergePolicy.NO_COMPOUND_FILES,
        };
        using (IndexWriter writer = new(directory, config))
        {
            foreach (IReadOnlyList<Article> segment in segments)
            {
                foreach (Article article in segment)
                {
                    writer.AddDocument(mapper.Map(article, compression.Compress(ArticleJson.Serialize(article))));
                }

                writer.Commit();
            }

            foreach (ArticleId id in deleted)
            {
                writer.DeleteDocuments(new Term("id", id.Value));
            }

            writer.Commit();
        }

        return DirectoryReader.Open(directory);
    }

    /// <summary>The order of a rebuilt generation.</summary>
    public static IEnumerable<Article> Ordered(IEnumerable<Article> articles) =>
        articles.OrderBy(a => a.Date?.Local ?? DateTime.MaxValue).ThenBy(a => a.Id.Value, StringComparer.Ordinal);

    public static SearchResults Search(this EmbeddedSnapshot snapshot, PlanNode query) =>
        snapshot.Search(new QueryPlan { Query = query }, CancellationToken.None);

    public static PlanNode Word(string word) => new WordNode(ArticleSchema.Text, word);

    private static string RandomText(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 1.5))]));

    private static string? RandomDate(Random random)
    {
        DateTime date = new DateTime(1985, 1, 1).AddDays((int)(2000 * random.NextDouble())).AddMinutes(random.Next(3) * 60);
        return random.Next(12) switch
        {
            0 => null,
            1 => date.ToString("yyyy", System.Globalization.CultureInfo.InvariantCulture),
            2 => date.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
            < 6 => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            _ => date.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
