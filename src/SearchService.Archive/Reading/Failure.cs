namespace SearchService.Archive.Reading;

/// <summary>Turns an exception that should not have happened into one line of a report: type and message, no stack.</summary>
public static class Failure
{
    private const int MaxMessageChars = 200;

    /// <summary><c>extraction failed: FormatException: …</c>; the message's first line, cut at 200 characters.</summary>
    public static string Describe(string step, Exception exception)
    {
        ReadOnlySpan<char> message = exception.Message;
        int lineEnd = message.IndexOfAny('\r', '\n');
        message = lineEnd < 0 ? message : message[..lineEnd];
        message = message.Length > MaxMessageChars ? message[..MaxMessageChars] : message;
        return $"{step} failed: {exception.GetType().Name}: {message}";
    }
}
