using SearchService.Archive.Backends.Embedded;
using SearchService.Archive.Extraction;
using SearchService.Archive.Index;

namespace SearchService.Commands;

/// <summary>The one place that chooses a backend: today the index lies in a folder of this machine.</summary>
internal static class Backend
{
    /// <summary>The published archive of an index folder, for searching. The caller disposes it.</summary>
    public static IArticleIndex Reading(string folder, TimeProvider clock) => EmbeddedIndex.Open(folder, clock);

    /// <summary>The generations of an index folder, for commands that build and check.</summary>
    public static IGenerations Writing(string folder, TimeProvider clock) => EmbeddedGenerations.Open(folder, clock, ArticleExtractor.Version);
}
