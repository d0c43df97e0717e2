using System.Numerics;
using System.Runtime.CompilerServices;

namespace SearchService.Retrieval.Postings;

/// <summary>Beginning again, and many documents looked up in one block at once.</summary>
internal sealed unsafe partial class PostingsCursor
{
    /// <summary>Documents that can be looked up at once.</summary>
    public const int MostLookups = 128;

    // with so many found, unpacking all frequencies is cheaper than one by one
    private const int ManyFreqs = 4;

    /// <summary>Goes back to the first block.</summary>
    public void Rewind()
    {
        Block = 0;
        if (Blocks > 1)
        {
            // a block that is unpacked goes with its header, and that of another may be read meanwhile
            _headerBlock = _docsBlock = _freqsBlock = _positionsBlock = -1;
        }
    }

    /// <summary>Finds out how often the term is in some documents.</summary>
    /// <param name="docs">Rising, at most <see cref="MostLookups"/>; all behind <see cref="Before"/> and none behind the current block's last.</param>
    /// <param name="freqs">Takes the frequency of each document, 0 for those that the block does not have.</param>
    [SkipLocalsInit]
    public void FreqsOf(int* docs, int count, int* freqs)
    {
        byte* places = stackalloc byte[MostLookups + 1];
        byte* indexes = stackalloc byte[MostLookups + 1];
        int found = Find(docs, count, places, indexes);
        new Span<int>(freqs, count).Clear();
        bool unpacked = UnpackMany(found);
        for (int i = 0; i < found; i++)
        {
            freqs[places[i]] = unpacked ? Freqs[indexes[i]] : Freq(indexes[i]);
        }
    }

    /// <summary>Keeps those documents that the block has, with their scores, and finds out how often they have the term.</summary>
    /// <param name="docs">As for <see cref="FreqsOf"/>.</param>
    /// <returns>How many the block has.</returns>
    [SkipLocalsInit]
    public int KeepMembers(int* docs, double* scores, int count, int* freqs)
    {
        byte* places = stackalloc byte[MostLookups + 1];
        byte* indexes = stackalloc byte[MostLookups + 1];
        int found = Find(docs, count, places, indexes);
        bool unpacked = UnpackMany(found);
        for (int i = 0; i < found; i++)
        {
            int place = places[i];
            docs[i] = docs[place];
            scores[i] = scores[place];
            freqs[i] = unpacked ? Freqs[indexes[i]] : Freq(indexes[i]);
        }

        return found;
    }

    private bool UnpackMany(int found)
    {
        if (found >= ManyFreqs)
        {
            DecodeFreqs();
        }

        return _freqsBlock == Block;
    }

    /// <summary>Where among the documents those are that the block has, and their indexes in the block.</summary>
    private int Find(int* docs, int count, byte* places, byte* indexes)
    {
        if (_headerBlock != Block)
        {
            ReadHeader();
        }

        int found = 0;
        if (!IsBitset)
        {
            for (int i = 0; i < count; i++)
            {
                int index = Search(docs[i]);
                places[found] = (byte)i;
                indexes[found] = (byte)index;
                found += index >= 0 ? 1 : 0;
            }

            return found;
        }

        ulong* words = (ulong*)_docBytes;
        int first = _first;
        for (int i = 0; i < count; i++)
        {
            int bit = docs[i] - first;
            places[found] = (byte)i;
            found += (int)(words[bit >> 6] >> (bit & 63)) & 1;
        }

        int rank = 0;
        int counted = 0;
        for (int i = 0; i < found; i++)
        {
            int bit = docs[places[i]] - first;
            for (; counted < bit >> 6; counted++)
            {
                rank += BitOperations.PopCount(words[counted]);
            }

            // a damaged block can have more than it should
            indexes[i] = (byte)Math.Min(rank + BitOperations.PopCount(words[counted] & ((1UL << (bit & 63)) - 1)), BlockSize - 1);
        }

        return found;
    }
}
