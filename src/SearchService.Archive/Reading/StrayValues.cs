namespace SearchService.Archive.Reading;

/// <summary>
/// What the json readers share. A file of a million short values that are no articles would fill the report with as many
/// lines, each longer than the value: such a file is left after some.
/// </summary>
internal static class StrayValues
{
    public static InputRefusedException Exceeded(string what, ReadingOptions options) => new(
        RejectKind.OverLimit,
        $"{Limit.Exceeded("file", options.MaxStrayValues, what, nameof(ReadingOptions.MaxStrayValues))}; the rest was not read");

    public static PendingRecord Pending(string format, ReaderInput input, string charset, CutPiece piece)
    {
        if (piece.Bytes is not { } bytes)
        {
            return PendingRecord.Of(new ReadResult.Rejected(input.Path, piece.Number, piece.Kind, piece.Reason!));
        }

        return new PendingRecord(
            input.Path,
            piece.Number,
            bytes.Length,
            () => new JsonRecord(format, input.Path, piece.Number, charset, input.Options).Parse(bytes));
    }
}
