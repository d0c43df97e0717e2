using Microsoft.Extensions.Logging.Console;

namespace SearchService.Http;

/// <summary>
/// Where log lines go: standard error, one line each, plain or JSON, warnings and worse and what happens to the index unless the
/// configuration says otherwise.
/// </summary>
internal static class Logs
{
    public static void ConfigureLogs(this ILoggingBuilder logging, ConfigurationManager configuration, bool json)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        // What it has to say at start ends in one line of the command; IPv6 that a machine does not have is no news.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        // Its keys live in memory only, so that they are not encrypted at rest is no news either.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter(IndexLog.Category, LogLevel.Information);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = json ? ConsoleFormatterNames.Json : PlainLogFormatter.FormatterName;
        });
        logging.AddConsoleFormatter<PlainLogFormatter, ConsoleFormatterOptions>();
        logging.AddJsonConsole(options =>
        {
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = json ? ConsoleFormatterNames.Json : PlainLogFormatter.FormatterName);
    }
}
