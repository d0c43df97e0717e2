using System.Globalization;
using SearchService.Archive.Index;
using SearchService.Archive.Ingestion;
using Spectre.Console;

namespace SearchService.Commands;

/// <summary>Shows how far a reindex has come. Told on any thread.</summary>
internal interface IReindexProgress : IProgress<IngestionProgress>, IProgress<PublishProgress>;

/// <summary>How progress is worded.</summary>
internal static class ProgressText
{
    /// <summary>1,234 articles, 5.2 MB of 12 MB, 410 articles/s, 3 rejected, 4 s left</summary>
    public static string Of(IngestionProgress progress)
    {
        string total = progress.TotalBytes > 0 ? $" of {Quantity.Bytes(progress.TotalBytes)}" : "";
        string rejected = progress.Rejected == 0 ? "" : $", {Quantity.Count(progress.Rejected)} rejected";
        string left = progress.Remaining is { } remaining && progress.Fraction < 1 ? $", {Quantity.Age(remaining)} left" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Of(progress.Articles, "article", "articles")}, {Quantity.Bytes(progress.Bytes)}{total}, {progress.ArticlesPerSecond:N0} articles/s{rejected}{left}");
    }
}

/// <summary>For logs and pipes: a line every ten seconds.</summary>
internal sealed class LineProgress(Terminal terminal, TimeProvider clock) : IReindexProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _last = clock.GetTimestamp();

    public void Report(IngestionProgress value) => Say(ProgressText.Of(value));

    public void Report(PublishProgress value) => Say(string.Create(CultureInfo.InvariantCulture, $"{value.Step} {value.Fraction:P0}"));

    private void Say(string text)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_last) >= Interval)
            {
                _last = clock.GetTimestamp();
                terminal.Say(text);
            }
        }
    }
}

/// <summary>For people: a bar on standard error, one for reading and one for each step of publishing.</summary>
internal sealed class BarProgress(ProgressContext bars) : IReindexProgress
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);

    /// <summary>Runs work under a bar.</summary>
    public static async Task<T> RunAsync<T>(Func<IReindexProgress, Task<T>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(bars => work(new BarProgress(bars)));
    }

    public void Report(IngestionProgress value) => Show("reading", value.Fraction, ProgressText.Of(value));

    public void Report(PublishProgress value) => Show(value.Step, value.Fraction, value.Step);

    private void Show(string step, double? fraction, string text)
    {
        lock (_lock)
        {
            if (!_tasks.TryGetValue(step, out ProgressTask? task))
            {
                task = _tasks[step] = bars.AddTask(Markup.Escape(step), maxValue: 1);
            }

            task.IsIndeterminate = fraction is null;
            task.Value = fraction ?? 0;
            task.Description = Markup.Escape(text);
        }
    }
}
