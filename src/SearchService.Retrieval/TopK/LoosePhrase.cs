using System.Diagnostics;

namespace SearchService.Retrieval.TopK;

/// <summary>A loose phrase as a query has it, and how often at most it stands in a document. Immutable.</summary>
/// <remarks>
/// <para>
/// A term's position less its place in the phrase is called its start: in an exact phrase all starts are equal. Stock Lucene holds one start of each term and
/// moves the earliest on. Each time it passes the next one, and at the end, a match is counted if the smallest spread since the last (latest start less
/// earliest) was a spread d of at most the slop; it counts 1/(1 + d). Equal terms are a group and must not hold the same position.
/// </para>
/// <para>
/// This bounds the sum S of n terms with frequencies f. (1) Each match but the last is followed by a move, so there are at most 1 + Σ(f − 1). All starts being
/// equal, the earliest then moves on: no more matches with d = 0 than any f, and every other counts at most ½, so S ≤ (min f + 1 + Σ(f − 1))/2. (2) Take the
/// matches counted while a term holds a start p. Itself it is the earliest of one. The others each are so of at most one where the start that is passed is p:
/// all these but one have d ≥ 1. Where a start p − m is passed, d is at least m, and another of the others holds it and stays: at most n − 2 of them move. So
/// S ≤ f·(1 + ½·(n − 1) + (n − 2)·Σ 1/(1 + m)) for every f, m from 1 to the slop. (3) A term of a group can be pushed on meanwhile. Each of the others still is
/// the earliest of matches at different starts p − m only, so that with a group n − 1 stands for n − 2. Of two terms, though, one moves between two matches
/// where the other is the earliest: at most 2f matches, f of them with d = 0, so S ≤ 1½·f.
/// </para>
/// <para>
/// With several groups Lucene's queue of terms can lose its order, and matches and spreads with it: see <see cref="PhraseLeapfrog"/>. Then only their number is
/// bounded, by 1 + Σ(f − 1).
/// </para>
/// </remarks>
internal sealed class LoosePhrase
{
    // parts of a bound are rounded up to so many a whole: then single precision adds them up exactly, and no sum of the matches' shares, rounded at each step,
    // is above that of their bounds
    private const int Steps = 64;

    private readonly float _factor;

    /// <param name="places">Each term's place.</param>
    /// <param name="words">For each term the first of those that are the same.</param>
    /// <param name="slop">1 or more.</param>
    public LoosePhrase(int[] places, int[] words, int slop)
    {
        Debug.Assert(slop > 0 && places.Length > 1 && words.Length == places.Length, "a loose phrase has slop and at least two terms");
        Places = places;
        Words = words;
        Slop = slop;
        int[][] repeated = [.. Enumerable.Range(0, words.Length).GroupBy(i => words[i]).Where(g => g.Count() > 1).Select(g => g.OrderBy(i => places[i]).ToArray())];
        GroupsVary = repeated.Length > 1 || Array.Exists(repeated, g => g.DistinctBy(i => places[i]).Count() < g.Length);
        Groups = GroupsVary ? [] : repeated;
        int alike = Groups.Length > 0 && places.Length > 2 ? places.Length - 1 : places.Length - 2;
        _factor = 1 + (0.5f * (places.Length - 1)) + (alike * Shares(slop));
    }

    /// <summary>Each term's place in the phrase.</summary>
    public int[] Places { get; }

    /// <summary>For each term the first of those that are the same.</summary>
    public int[] Words { get; }

    public int Slop { get; }

    /// <summary>Equal terms by their places, where they are the same in every segment.</summary>
    public int[][] Groups { get; }

    /// <summary>Whether a segment's first document with all terms decides what the groups are: where several words are repeated, or one is at one place.</summary>
    public bool GroupsVary { get; }

    /// <summary>How often the phrase can stand in a document at most, by how often one of its terms does.</summary>
    public float Most(int freq) => GroupsVary ? float.PositiveInfinity : _factor * freq;

    /// <summary>How often the phrase can stand in a document at most.</summary>
    /// <param name="least">The lowest frequency of its terms.</param>
    /// <param name="total">The sum of the frequencies.</param>
    public float Most(int least, float total)
    {
        float matches = total + 1 - Places.Length;
        return GroupsVary ? matches : Math.Min(_factor * least, (matches + least) / 2);
    }

    /// <summary>What a term's frequency alone must score above for the phrase to score above <paramref name="score"/>.</summary>
    public float Needed(float score, float weight)
    {
        // w·cf/(cf + K) > s  ⇔  w·f/(f + K) > s/(c − (c − 1)·s/w)
        if (score <= 0 || GroupsVary)
        {
            return Math.Min(score, 0);
        }

        double share = (double)score / weight;
        return share < 1 ? (float)(score / (_factor - ((_factor - 1) * share)) * (1 - 1e-6)) : float.PositiveInfinity;
    }

    /// <summary>Most that the phrase scores where a term's frequency alone scores at most <paramref name="least"/>.</summary>
    public float MostScore(float least, float weight)
    {
        if (GroupsVary || least >= weight)
        {
            return least > 0 ? weight * TermList.Slack : 0;
        }

        double share = (double)least / weight;
        return (float)(_factor * least / (1 + ((_factor - 1) * share))) * TermList.Slack;
    }

    /// <summary>The sum of 1/(1 + m), each rounded up.</summary>
    private static float Shares(int slop)
    {
        int single = Math.Min(slop, Steps - 2);
        long steps = slop - single;
        for (int m = 1; m <= single; m++)
        {
            steps += (Steps + m) / (m + 1);
        }

        return (float)steps / Steps;
    }
}
