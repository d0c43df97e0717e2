using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.TopK;

/// <summary>Makes sets of the documents of whole lists, window by window for all lists.</summary>
internal static unsafe class ListBits
{
    // documents of a window, each a byte: of fewer, more blocks would reach over an end
    private const int Window = 1 << 15;

    /// <summary>Adds all documents of a list that is at its begin.</summary>
    /// <param name="bits">As <see cref="SearchContext.RentBits"/> gives them.</param>
    public static void Or(ulong* bits, PostingsCursor cursor, int maxDoc, SearchContext context) =>
        Or(bits, new ReadOnlySpan<PostingsCursor>(in cursor), maxDoc, context);

    /// <summary>Adds all documents of lists that are at their begin.</summary>
    /// <param name="bits">As <see cref="SearchContext.RentBits"/> gives them.</param>
    public static void Or(ulong* bits, ReadOnlySpan<PostingsCursor> cursors, int maxDoc, SearchContext context)
    {
        byte* marks = (byte*)context.Window;
        int next = 0;
        while (next < maxDoc && !context.StopNow())
        {
            int from = next & -Window;
            int to = Math.Min(maxDoc, from + Window);
            bool marked = false;
            next = maxDoc;
            foreach (PostingsCursor cursor in cursors)
            {
                cursor.AddTo(bits, marks, from, to, ref marked);
                if (cursor.Block < cursor.Blocks)
                {
                    next = Math.Min(next, cursor.Before + 1);
                }
            }

            if (marked)
            {
                Fold(marks, bits + (from >> 6), DocSet.WordsFor(to - from));
            }
        }
    }

    /// <summary>Adds bits where there are marks, and takes these away.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fold(byte* marks, ulong* bits, int words)
    {
        for (int i = 0; i < words; i++)
        {
            bits[i] |= Vector512.Load(marks + (64 * i)).ExtractMostSignificantBits();
            Vector512<byte>.Zero.Store(marks + (64 * i));
        }
    }
}
