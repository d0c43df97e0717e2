using System.Numerics;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// The documents of a set as numbers, for loops that would lose more by guessing how many bits each word has than by their own work. The last set of each thread is kept, so that several columns
/// counted over the same set share it.
/// </summary>
internal static unsafe class DocList
{
    // what one step can write behind the last number
    private const int Room = 64;

    [ThreadStatic]
    private static WeakReference<DocSet>? _last;

    [ThreadStatic]
    private static int[]? _docs;

    [ThreadStatic]
    private static int _count;

    [ThreadStatic]
    private static int _version;

    /// <summary>The set's documents in order. Valid until the next call of this thread.</summary>
    public static ReadOnlySpan<int> Of(DocSet set)
    {
        _last ??= new WeakReference<DocSet>(set);
        if (_docs is null || !_last.TryGetTarget(out DocSet? last) || !ReferenceEquals(last, set) || _version != set.Version)
        {
            int count = set.Count();
            if (_docs is null || _docs.Length < count + Room)
            {
                _docs = GC.AllocateUninitializedArray<int>(Math.Max(count + Room, 4096), pinned: true);
            }

            _count = Fill(set.Words, _docs);
            _version = set.Version;
            _last.SetTarget(set);
        }

        return _docs.AsSpan(0, _count);
    }

    /// <summary>Eight numbers a step whether there are eight or not: a wrong guess of a loop's end costs more (Langdale and Lemire 2019).</summary>
    private static int Fill(ReadOnlySpan<ulong> words, int[] target)
    {
        const int Step = 8;
        int count = 0;
        fixed (int* docs = target)
        {
            for (int w = 0; w < words.Length; w++)
            {
                ulong word = words[w];
                if (word == 0)
                {
                    continue;
                }

                int first = w << 6;
                int left = BitOperations.PopCount(word);
                int* at = docs + count;
                count += left;
                for (; left > 0; left -= Step, at += Step)
                {
                    for (int i = 0; i < Step; i++)
                    {
                        at[i] = first + BitOperations.TrailingZeroCount(word);
                        word &= word - 1;
                    }
                }
            }
        }

        return count;
    }
}
