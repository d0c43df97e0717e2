namespace SearchService.Archive.Reading;

/// <summary>
/// Ends the reading of one input from inside a stream or a cutter; <see cref="InputReader"/> turns it into a rejection.
/// </summary>
internal sealed class InputRefusedException(RejectKind kind, string reason) : IOException(reason)
{
    public RejectKind Kind { get; } = kind;
}
