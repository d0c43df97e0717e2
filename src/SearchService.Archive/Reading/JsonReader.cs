namespace SearchService.Archive.Reading;

/// <summary>
/// Json ("json"): one object, several after one another, an array of objects, or an object around such an array; streamed,
/// so that size does not matter. A record's number counts the objects of the file from 0.
/// </summary>
public sealed class JsonReader : IArticleReader
{
    private static readonly string[] Extensions = [".json", ".ndjson", ".jsonl", ".jsonlines", ".ldjson", ".ninjs"];

    public string Format => "json";

    /// <summary>Begins like an object with a property or like an array of objects; or the name says so.</summary>
    public bool Recognises(InputHead head) =>
        Extensions.Contains(head.Extension) || BeginsObject(head.Start) || BeginsArray(head.Start);

    public IEnumerable<PendingRecord> Records(ReaderInput input)
    {
        (Stream content, string charset) = input.OpenAsUtf8();
        int strays = 0;
        foreach (CutPiece piece in new JsonCutter(content, input.Options).Pieces())
        {
            if (piece.Bytes is not null && piece.Bytes[0] != '{' && ++strays > input.Options.MaxStrayValues)
            {
                throw StrayValues.Exceeded("values that are no json objects", input.Options);
            }

            yield return StrayValues.Pending(Format, input, charset, piece);
        }
    }

    /// <summary>'{' and a quote or '}' behind it; "{ note }" is text.</summary>
    internal static bool BeginsObject(ReadOnlySpan<byte> start) =>
        start is [(byte)'{', ..] && start[1..].TrimStart(" \t\r\n"u8) is [] or [(byte)'"' or (byte)'}', ..];

    /// <summary>'[' and an object, array or string behind it; "[1] note" is text.</summary>
    private static bool BeginsArray(ReadOnlySpan<byte> start) =>
        start is [(byte)'[', ..] && start[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[' or (byte)'"' or (byte)']', ..];
}
