using System.Runtime.ExceptionServices;
using SearchService.Archive.Articles;
using SearchService.Archive.Index;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Ingestion;

/// <summary>
/// Reads, extracts and indexes: one thread reads and cuts, workers parse, extract and add. The only place with threads of its
/// own. What a record causes is a line of the report and the run goes on; what the writer or the report file throws (a full
/// disk) ends it. The outcome, the report file included, depends on the input alone, not on the number of workers.
/// </summary>
public sealed class IngestionPipeline
{
    // of a date in a warning
    private const int MostDateChars = 100;

    private readonly Func<Article, Article> _extract;
    private readonly IngestionOptions _options;
    private readonly TimeProvider _time;

    /// <param name="extract">Fills in an article; called on several threads. What it throws rejects the one article.</param>
    public IngestionPipeline(Func<Article, Article> extract, IngestionOptions options, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1, nameof(options));
        _extract = extract;
        _options = options;
        _time = time;
    }

    /// <summary>Runs to the end of the input. The writer is neither published nor disposed.</summary>
    /// <param name="reportPath">Where rejected records, skipped entries and warnings are written, a json object a line; null for nowhere.</param>
    /// <param name="progress">Told at <see cref="IngestionOptions.ProgressInterval"/> and once at the end, on any thread.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was added so far has been added.</exception>
    /// <exception cref="IOException">The writer or the report file failed.</exception>
    public async Task<IngestionReport> RunAsync(
        IngestionInput input,
        IGenerationWriter writer,
        string? reportPath,
        IProgress<IngestionProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var run = new Run(this, input, writer, reportPath, _time);
        await using (cancellationToken.Register(run.Order.Stop).ConfigureAwait(false))
        await using (StartProgress(run, progress).ConfigureAwait(false))
        {
            Task[] threads = [run.Start(run.ReadInput), .. Enumerable.Range(0, _options.Workers).Select(_ => run.Start(run.Work))];
            await Task.WhenAll(threads).ConfigureAwait(false);
        }

        run.ThrowIfFailed();
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(run.Tally.Progress(input.TotalBytes));
        return run.Tally.Report(run.File.Path);
    }

    private ITimer StartProgress(Run run, IProgress<IngestionProgress>? progress) => _time.CreateTimer(
        _ => progress?.Report(run.Tally.Progress(run.Input.TotalBytes)),
        null,
        progress is null ? Timeout.InfiniteTimeSpan : _options.ProgressInterval,
        _options.ProgressInterval);

    /// <summary>What the threads of one run share.</summary>
    private sealed class Run : IDisposable
    {
        private readonly IngestionPipeline _pipeline;
        private readonly IGenerationWriter _writer;
        private ExceptionDispatchInfo? _failure;

        public Run(IngestionPipeline pipeline, IngestionInput input, IGenerationWriter writer, string? reportPath, TimeProvider time)
        {
            _pipeline = pipeline;
            _writer = writer;
            Input = input;
            File = new ReportFile(reportPath);
            Tally = new IngestionTally(time);
            Order = new InputOrder(pipeline._options, Retire);
        }

        public IngestionInput Input { get; }

        public ReportFile File { get; }

        public IngestionTally Tally { get; }

        public InputOrder Order { get; }

        public Task Start(Action work) => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    work();
                }
                catch (OperationCanceledException)
                {
                    // Stopped from outside, or by another thread's failure.
                    Order.Stop();
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
                    Order.Stop();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        public void ReadInput()
        {
            long sequence = 0;
            var batch = new RecordBatch(sequence);
            foreach (PendingRecord record in Input.Records)
            {
                batch.Add(record);
                if (batch.Records.Count >= _pipeline._options.BatchRecords || batch.Bytes >= _pipeline._options.BatchBytes)
                {
                    Order.Admit(batch);
                    batch = new RecordBatch(++sequence);
                }
            }

            if (batch.Records.Count > 0)
            {
                Order.Admit(batch);
            }

            Order.Complete();
        }

        public void Work()
        {
            while (Order.TryTake(out RecordBatch? batch))
            {
                batch.Parse();
                Order.Claim(batch);
                foreach (ReadResult result in batch.Results)
                {
                    Index(result, batch);
                }

                batch.Results.Clear();
                Order.Finish(batch);
            }
        }

        public void ThrowIfFailed() => _failure?.Throw();

        public void Dispose() => File.Dispose();

        private void Index(ReadResult result, RecordBatch batch)
        {
            if (result is not ReadResult.Read read)
            {
                batch.Reject((ReadResult.Rejected)result);
                return;
            }

            Article article = read.Article;
            try
            {
                article = _pipeline._extract(article);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                batch.Reject(Rejected(article, RejectKind.Failed, Failure.Describe("extraction", e)));
                return;
            }

            if (string.IsNullOrWhiteSpace(article.Headline) && string.IsNullOrWhiteSpace(article.Body))
            {
                batch.Reject(Rejected(article, RejectKind.NoText, "no headline and no text"));
            }
            else if (_writer.Add(article) is { } refusal)
            {
                batch.Reject(Rejected(article, RejectKind.Duplicate, refusal));
            }
            else
            {
                batch.Indexed++;
                foreach (string warning in read.Warnings.Concat(CutValues.Of(article)).Concat(UnreadDate(article)))
                {
                    batch.Warn(article, warning);
                }
            }
        }

        /// <summary>Names a date that the input declares where nothing of it was understood: else a field mapped wrong shows nowhere but in dates that are missing.</summary>
        private static string[] UnreadDate(Article article)
        {
            string date = article.Declared.Date ?? "";
            return article.Date is not null || string.IsNullOrWhiteSpace(date)
                ? []
                : [$"date '{(date.Length > MostDateChars ? date[..MostDateChars] + "…" : date)}' is not understood"];
        }

        private static ReadResult.Rejected Rejected(Article article, RejectKind kind, string reason) =>
            new(article.Origin.Path, article.Origin.Record, kind, reason);

        private void Retire(RecordBatch batch)
        {
            Tally.Add(batch);
            foreach (ReportLine line in batch.Lines)
            {
                File.Write(line);
            }
        }
    }
}
