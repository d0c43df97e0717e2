using SearchService.Archive.Index;
using SearchService.Archive.Querying;

namespace SearchService.Http;

/// <summary>Why a search has no answer, as a problem.</summary>
internal static class SearchProblems
{
    /// <summary>The problems of every endpoint that runs a query.</summary>
    public static IReadOnlyList<Problem> Described { get; } =
    [
        .. Problem.Refusals,
        Problem.CommitGone,
        Problem.TooManyRequests,
        Problem.NothingPublished,
        Problem.Overloaded,
        Problem.TimedOut,
    ];

    public static ProblemResult Of(SearchOutcome outcome, IArticleIndex index) => outcome switch
    {
        SearchOutcome.Refused refused => ProblemResult.Refused(refused.Error),
        SearchOutcome.CommitGone gone => new ProblemResult(Problem.CommitGone, $"commit {gone.Commit} of the cursor is no longer held, search again without it"),
        SearchOutcome.NothingPublished => new ProblemResult(Problem.NothingPublished, Problem.NothingPublishedDetail(index.State), retryAfter: Retry.AfterPublish),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "an answer is no problem"),
    };
}
