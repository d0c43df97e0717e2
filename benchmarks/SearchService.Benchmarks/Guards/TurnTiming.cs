using System.Diagnostics;

namespace SearchService.Benchmarks.Guards;

/// <summary>What two actions took in turns: the medians, in seconds a round.</summary>
internal readonly record struct TurnTimes(double Own, double Baseline)
{
    /// <summary>How many times longer the baseline takes.</summary>
    public double Ratio => Baseline / Own;
}

/// <summary>Times two actions in turns, in samples short enough to fit between two switches of a busy machine.</summary>
internal static class TurnTiming
{
    private const int Samples = 101;

    // a neighbour's burst passes, a slow program stays slow
    private const int Attempts = 3;

    private static readonly TimeSpan WarmFor = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan SampleFor = TimeSpan.FromMilliseconds(1);

    /// <summary>Times both, again where the ratio is below a floor: the best of three.</summary>
    public static TurnTimes MeasureUntil(double floor, Action own, Action baseline)
    {
        TurnTimes best = Measure(own, baseline);
        for (int attempt = 1; attempt < Attempts && best.Ratio < floor; attempt++)
        {
            TurnTimes times = Measure(own, baseline);
            best = times.Ratio > best.Ratio ? times : best;
        }

        return best;
    }

    /// <summary>Times both.</summary>
    /// <param name="own">One round of the work measured.</param>
    /// <param name="baseline">One round of the same work as the baseline does it.</param>
    private static TurnTimes Measure(Action own, Action baseline)
    {
        int ownRounds = Warm(own);
        int baselineRounds = Warm(baseline);
        double[] ownTimes = new double[Samples];
        double[] baselineTimes = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            ownTimes[i] = Time(own, ownRounds);
            baselineTimes[i] = Time(baseline, baselineRounds);
        }

        Array.Sort(ownTimes);
        Array.Sort(baselineTimes);
        return new TurnTimes(ownTimes[Samples / 2], baselineTimes[Samples / 2]);
    }

    /// <summary>Calls until the compiler has done its best; answers the rounds of a sample.</summary>
    private static int Warm(Action action)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < WarmFor)
        {
            action();
        }

        double fastest = Enumerable.Range(0, 10).Min(_ => Time(action, 1));
        return Math.Max(1, (int)(SampleFor.TotalSeconds / fastest));
    }

    /// <summary>Seconds a round.</summary>
    private static double Time(Action action, int rounds)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < rounds; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / rounds;
    }
}
