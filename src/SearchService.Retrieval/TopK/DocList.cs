using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SearchService.Retrieval.TopK;

/// <summary>
/// The documents of a set as numbers, for loops that would lose more by guessing how many bits each word has than by their own work. The last set of
/// each thread is kept, so that several columns
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
                if (left > Step && Avx512F.IsSupported)
                {
                    Sixteens(word, first, docs + count);
                    count += left;
                    continue;
                }

                int* at = docs + count;
                count += left;
                for (; left > 0; left -= Step, at += Step)
                {
                    at[0] = Next(ref word, first);
                    at[1] = Next(ref word, first);
                    at[2] = Next(ref word, first);
                    at[3] = Next(ref word, first);
                    at[4] = Next(ref word, first);
                    at[5] = Next(ref word, first);
                    at[6] = Next(ref word, first);
                    at[7] = Next(ref word, first);
                }
            }
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(ref ulong word, int first)
    {
        int doc = first + BitOperations.TrailingZeroCount(word);
        word &= word - 1;
        return doc;
    }

    private static void Sixteens(ulong word, int first, int* docs)
    {
        Vector512<int> bits = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        Vector512<int> lanes = Vector512<int>.Indices + Vector512.Create(first);
        for (int i = 0; i < 4; i++)
        {
            int mask = (int)(word & 0xFFFF);
            word >>= 16;
            Vector512<int> chosen = ~Vector512.Equals(Vector512.Create(mask) & bits, Vector512<int>.Zero);
            Avx512F.Compress(Vector512<int>.Zero, chosen, lanes).Store(docs);
            docs += BitOperations.PopCount((uint)mask);
            lanes += Vector512.Create(16);
        }
    }
}
