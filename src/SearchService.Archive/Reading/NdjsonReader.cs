namespace SearchService.Archive.Reading;

/// <summary>
/// One json object a line ("ndjson", ndjson.org; JSON Lines is the same), streamed in constant memory. A broken line is one
/// rejected record. A record's number is its line's number, from 0.
/// </summary>
public sealed class NdjsonReader : IArticleReader
{
    private static readonly string[] Extensions = [".ndjson", ".jsonl", ".jsonlines", ".ldjson"];

    public string Format => "ndjson";

    /// <summary>Two lines that begin with '{' and the first of them ends with '}'; or the name says so and the text does not contradict it.</summary>
    public bool Recognises(InputHead head)
    {
        ReadOnlySpan<byte> start = head.Start;
        int lineEnd = start.IndexOf((byte)'\n');
        ReadOnlySpan<byte> first = (lineEnd < 0 ? start : start[..lineEnd]).TrimEnd(" \t\r"u8);
        if (Extensions.Contains(head.Extension))
        {
            return !start.StartsWith("["u8) && !first.SequenceEqual("{"u8);
        }

        return lineEnd >= 0
            && JsonReader.BeginsObject(first)
            && first.EndsWith("}"u8)
            && start[lineEnd..].TrimStart(" \t\r\n"u8).StartsWith("{"u8);
    }

    public IEnumerable<PendingRecord> Records(ReaderInput input)
    {
        (Stream content, string charset) = input.OpenAsUtf8();
        int strays = 0;
        foreach (CutPiece piece in new LineCutter(content, input.Options).Pieces())
        {
            if (piece.Bytes is not null && piece.Bytes[0] != '{' && ++strays > input.Options.MaxStrayValues)
            {
                throw StrayValues.Exceeded("lines that are no json objects", input.Options);
            }

            yield return StrayValues.Pending(Format, input, charset, piece);
        }
    }
}
