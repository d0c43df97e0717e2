using System.Globalization;
using Lucene.Net.Index;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Retrieval.Directories;

namespace SearchService.Archive.Backends.Embedded;

/// <summary>
/// Reads a generation through: checksums of the files, then, where these agree, structure (Lucene's CheckIndex), count and digest of
/// the stored articles against the manifest, and canary queries whose answers are known.
/// </summary>
internal static class GenerationVerifier
{
    /// <summary>Articles looked for by the canary queries, evenly spread over the index.</summary>
    private const int Canaries = 16;

    /// <summary>What is wrong, one line each; empty where all is well.</summary>
    public static IReadOnlyList<string> Verify(
        GenerationFolders folders, long generation, TimeProvider time, Action<double> progress, CancellationToken cancellationToken)
    {
        // Files known to have changed are not walked: their structure says nothing more, and reading it is only a risk.
        if (FolderChecksums.Compare(folders.PathOf(generation), cancellationToken) is { } changed)
        {
            return [changed];
        }

        progress(0.1);
        cancellationToken.ThrowIfCancellationRequested();
        List<string> problems = [.. CheckStructure(folders.PathOf(generation))];
        progress(0.5);
        cancellationToken.ThrowIfCancellationRequested();
        if (problems.Count > 0)
        {
            return problems;
        }

        try
        {
            using EmbeddedSnapshot snapshot = new GenerationOpener(folders, time).Open(generation);
            problems.AddRange(CheckDigest(snapshot, fraction => progress(0.5 + (0.4 * fraction)), cancellationToken));
            if (problems.Count == 0)
            {
                problems.AddRange(CheckCanaries(snapshot, cancellationToken));
            }
        }
        catch (IndexUnusableException e)
        {
            problems.Add(e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            problems.Add($"the articles cannot be read ({e.GetType().Name})");
        }

        progress(1);
        return problems;
    }

    private static IEnumerable<string> CheckStructure(string folder)
    {
        string? failed = null;
        CheckIndex.Status? status = null;
        try
        {
            using MappedDirectory directory = IndexDirectory.Read(folder);
            status = new CheckIndex(directory) { InfoStream = null }.DoCheckIndex();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            failed = $"the index cannot be checked ({e.GetType().Name})";
        }

        if (failed is not null)
        {
            yield return failed;
        }
        else if (!status!.Clean)
        {
            yield return status.MissingSegments || status.CantOpenSegments || status.MissingSegmentVersion
                ? "the list of segments cannot be read"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{status.NumBadSegments} of {status.NumSegments} segments are damaged, with {status.TotLoseDocCount} articles");
        }
    }

    private static IEnumerable<string> CheckDigest(EmbeddedSnapshot snapshot, Action<double> progress, CancellationToken cancellationToken)
    {
        ArchiveDigest digest = new();
        long count = 0;
        for (int i = 0; i < snapshot.Segments.Count; i++)
        {
            for (int doc = snapshot.Live[i].Next(0); doc >= 0; doc = snapshot.Live[i].Next(doc + 1))
            {
                digest.Add(ArchiveDigest.Of(snapshot.Stored(snapshot.Segments[i].DocBase + doc)));
                if ((++count & 0xFFF) == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress((double)count / snapshot.Articles);
                }
            }
        }

        if (count != snapshot.Manifest.Articles)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{count} articles, the manifest says {snapshot.Manifest.Articles}");
        }
        else if (digest.ToString() != snapshot.Manifest.Digest)
        {
            yield return "the stored articles differ from the digest in the manifest";
        }
    }

    /// <summary>Some articles must be found by their id, by a word of theirs, and all together in date order.</summary>
    private static List<string> CheckCanaries(EmbeddedSnapshot snapshot, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        int documents = snapshot.Segments.Sum(s => s.Reader.MaxDoc);
        int step = Math.Max(1, documents / Canaries);
        for (int document = 0; document < documents; document += step)
        {
            int segment = snapshot.Segments.ToList().FindLastIndex(s => s.DocBase <= document);
            if (!snapshot.Live[segment].Get(document - snapshot.Segments[segment].DocBase))
            {
                continue;
            }

            Article article = snapshot.Article(document);
            if (snapshot.Get(article.Id)?.Id != article.Id)
            {
                problems.Add($"article {article.Id} is not found by its id");
            }

            string word = $"{article.Headline} {article.Body}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .FirstOrDefault(w => w.Length <= 32 && w.All(char.IsAsciiLetter)) ?? "";
            QueryPlan plan = new()
            {
                Query = word.Length == 0 ? MatchAllNode.Instance : new WordNode(ArticleSchema.Text, word),
                Ids = [article.Id],
                Size = 1,
                Snippets = default,
                Budget = Timeout.InfiniteTimeSpan,
            };
            if (snapshot.Search(plan, cancellationToken).Total != 1)
            {
                problems.Add($"article {article.Id} is not found by its word '{word}'");
            }
        }

        SearchResults newest = snapshot.Search(
            new QueryPlan { Sort = SortOrder.Newest, Snippets = default, Budget = Timeout.InfiniteTimeSpan }, cancellationToken);
        if (newest.Total != snapshot.Articles)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"a search for everything finds {newest.Total} of {snapshot.Articles} articles"));
        }

        DateTime[] dates = [.. newest.Hits.Select(h => h.Article.Date?.Local ?? DateTime.MinValue)];
        if (!dates.SequenceEqual(dates.OrderDescending()))
        {
            problems.Add("the newest articles are not in order of their dates");
        }

        return problems;
    }
}
