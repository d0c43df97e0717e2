namespace SearchService.Contracts;

/// <summary>A line of <c>read --json</c> for what could not be read.</summary>
public sealed record RejectedLine(RejectedRecord Rejected);

/// <summary>An input that was not taken in.</summary>
/// <param name="Path">Where it lies; "!/" stands before an archive's member.</param>
/// <param name="Record">The record's number inside the file, from 0.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record RejectedRecord(string Path, long? Record, string Reason);
