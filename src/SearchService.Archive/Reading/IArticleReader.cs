namespace SearchService.Archive.Reading;

/// <summary>
/// Reads one format. Stateless and thread-safe. A new format is one class and one line in <see cref="FormatDetector"/>.
/// </summary>
public interface IArticleReader
{
    /// <summary>The format's name, as in <see cref="Articles.ArticleOrigin.Format"/>: text, json, ndjson, reuters-sgml.</summary>
    string Format { get; }

    /// <summary>Whether an input is of this format: by its first bytes, then by its name.</summary>
    bool Recognises(InputHead head);

    /// <summary>
    /// Cuts the input into records, in its order and as they are asked for. Broken records come as rejected ones; what ends
    /// the input (damage, a limit) is an <see cref="IOException"/> after the records before it. Parsing belongs into
    /// <see cref="PendingRecord.Read"/>, which runs on the workers.
    /// </summary>
    IEnumerable<PendingRecord> Records(ReaderInput input);
}
