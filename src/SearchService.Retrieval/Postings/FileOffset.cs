namespace SearchService.Retrieval.Postings;

/// <summary>Places inside one part of a file, as the format has them: in 32 bits.</summary>
internal static class FileOffset
{
    /// <summary>An offset as it is written.</summary>
    /// <param name="part">What it is inside of, for the message: <c>the dictionary of a field</c>.</param>
    /// <exception cref="NotSupportedException">It is not below 4 GB.</exception>
    public static uint Of(long offset, string part) => offset is >= 0 and <= uint.MaxValue
        ? (uint)offset
        : throw new NotSupportedException($"{part} takes {offset} bytes in one segment, at most {uint.MaxValue} are supported");
}
