using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using SearchService.Commands;

namespace SearchService.Http;

/// <summary>
/// One line an event, with control characters taken out so that nothing a client sends can forge a line or reach the terminal:
/// time, level, category, message, and the exception behind it.
/// </summary>
internal sealed class PlainLogFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "searchservice";

    private const int MaxMessageChars = 1024;
    private const int MaxExceptionChars = 8192;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(logEntry.Category);
        textWriter.Write(": ");
        textWriter.Write(Printable.Line(message, MaxMessageChars));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(" | ");
            textWriter.Write(Printable.Line(exception.ToString(), MaxExceptionChars));
        }

        textWriter.WriteLine();
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => " trace ",
        LogLevel.Debug => " debug ",
        LogLevel.Information => " info ",
        LogLevel.Warning => " warning ",
        LogLevel.Error => " error ",
        _ => " critical ",
    };
}
