namespace SearchService.Archive.Reading;

/// <summary>A piece of a stream that holds one record, or the reason why this one is refused.</summary>
/// <param name="Number">The record's number inside the file, from 0.</param>
/// <param name="Bytes">Null where refused.</param>
internal readonly record struct CutPiece(long Number, byte[]? Bytes, RejectKind Kind, string? Reason)
{
    public static CutPiece Of(long number, byte[] bytes) => new(number, bytes, default, null);

    public static CutPiece Refused(long number, RejectKind kind, string reason) => new(number, null, kind, reason);
}
