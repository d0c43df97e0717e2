using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// Counters that stay in a processor's cache even where there are hundreds of thousands: a byte each, and how often the byte went round for those few that
/// can go beyond it. All zero when rented and to be returned. One thread.
/// </summary>
internal sealed unsafe class CountTable
{
    // counters that are looked at in one step
    private const int Step = 64;

    private static readonly ConcurrentBag<CountTable> Free = [];

    private byte[] _low = [];
    private byte* _lowStart;
    private int[] _rounds = [];
    private int* _roundsStart;
    private int _heavy;
    private ulong[] _marks = [];
    private int[] _places = [];

    private CountTable()
    {
    }

    /// <summary>Counters in use.</summary>
    public int Places { get; private set; }

    /// <summary>The counters for a loop.</summary>
    public Counters Each => new(_lowStart, _roundsStart);

    /// <summary>A table of zeros.</summary>
    /// <param name="places">Counters.</param>
    /// <param name="heavy">Counters, from the first on, that may go beyond 255.</param>
    public static CountTable Rent(int places, int heavy)
    {
        CountTable table = Free.TryTake(out CountTable? free) ? free : new CountTable();
        if (table._low.Length < places + Step)
        {
            table._low = GC.AllocateArray<byte>((int)BitOperations.RoundUpToPowerOf2((uint)(places + Step)), pinned: true);
            fixed (byte* low = table._low)
            {
                table._lowStart = low;
            }
        }

        if (table._rounds.Length < heavy)
        {
            table._rounds = GC.AllocateArray<int>((int)BitOperations.RoundUpToPowerOf2((uint)heavy), pinned: true);
            fixed (int* rounds = table._rounds)
            {
                table._roundsStart = rounds;
            }
        }

        table.Places = places;
        table._heavy = heavy;
        return table;
    }

    /// <summary>Clears the table and gives it back.</summary>
    public void Return()
    {
        _low.AsSpan(0, Places).Clear();
        _rounds.AsSpan(0, _heavy).Clear();
        Free.Add(this);
    }

    public int this[int place] => place < _heavy ? (_rounds[place] << 8) | _low[place] : _low[place];

    public void Add(int place, int count)
    {
        int sum = _low[place] + count;
        _low[place] = (byte)sum;
        if (sum > byte.MaxValue)
        {
            _rounds[place] += sum >> 8;
        }
    }

    /// <summary>The first counter from <paramref name="place"/> on that stands at <paramref name="least"/> or above; one at or beyond <paramref name="end"/> where there is none before.</summary>
    /// <param name="least">At least 1.</param>
    /// <param name="end">At most <see cref="Places"/>.</param>
    public int Next(int place, int least, int end)
    {
        for (; place < _heavy; place++)
        {
            if (place == end || this[place] >= least)
            {
                return place;
            }
        }

        if (least > byte.MaxValue)
        {
            return end;
        }

        // behind the last counter stand zeros
        Vector512<byte> bar = Vector512.Create((byte)least);
        for (; place < end; place += Step)
        {
            Vector512<byte> counts = Vector512.Load(_lowStart + place);
            ulong found = Vector512.Equals(Vector512.Max(counts, bar), counts).ExtractMostSignificantBits();
            if (found != 0)
            {
                return place + BitOperations.TrailingZeroCount(found);
            }
        }

        return end;
    }

    /// <summary>The places of all counters that are not zero, ascending. Valid until the next call.</summary>
    public ReadOnlySpan<int> NonZero() => AtLeast(1);

    /// <summary>The places of all counters that are 1, ascending; <see cref="DocNumbers.Room"/> more numbers can be read behind them. Valid until the next call.</summary>
    public ReadOnlySpan<int> Ones()
    {
        Span<ulong> marks = Marks();
        for (int i = 0; i < marks.Length; i++)
        {
            marks[i] = Vector512.Equals(Vector512.Load(_lowStart + (i * Step)), Vector512<byte>.One).ExtractMostSignificantBits();
        }

        for (int place = 0; place < _heavy; place++)
        {
            marks[place >> 6] &= ~(_rounds[place] != 0 ? 1UL << place : 0);
        }

        return _places.AsSpan(0, DocNumbers.Fill(marks, _places));
    }

    /// <summary>The places of all counters that stand at <paramref name="least"/>, which is 1 to 255, or above, ascending. Valid until the next call.</summary>
    public ReadOnlySpan<int> AtLeast(byte least)
    {
        Span<ulong> marks = Marks();
        Vector512<byte> bar = Vector512.Create(least);
        for (int i = 0; i < marks.Length; i++)
        {
            marks[i] = Vector512.GreaterThanOrEqual(Vector512.Load(_lowStart + (i * Step)), bar).ExtractMostSignificantBits();
        }

        for (int place = 0; place < _heavy; place++)
        {
            marks[place >> 6] |= _rounds[place] != 0 ? 1UL << place : 0;
        }

        return _places.AsSpan(0, DocNumbers.Fill(marks, _places));
    }

    /// <summary>Counters from <paramref name="place"/> on that are not zero.</summary>
    public int CountNonZero(int place)
    {
        int count = 0;
        for (; place < _heavy; place++)
        {
            count += this[place] != 0 ? 1 : 0;
        }

        for (; place < Places; place += Step)
        {
            count += Step - BitOperations.PopCount(Vector512.Equals(Vector512.Load(_lowStart + place), Vector512<byte>.Zero).ExtractMostSignificantBits());
        }

        return count;
    }

    private Span<ulong> Marks()
    {
        int words = (Places + Step - 1) / Step;
        if (_marks.Length < words)
        {
            _marks = new ulong[words];
            _places = new int[(words * Step) + DocNumbers.Room];
        }

        return _marks.AsSpan(0, words);
    }

    /// <summary>The counters as a loop holds them in registers. Whoever adds answers for it that the place lies inside, and that only heavy ones go beyond 255.</summary>
    public readonly struct Counters(byte* low, int* rounds)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Increment(int place)
        {
            if (++low[place] == 0)
            {
                rounds[place]++;
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Increment(ushort* places, int count)
        {
            for (ushort* end = places + count; places < end; places++)
            {
                nuint place = *places;
                if (++low[place] == 0)
                {
                    rounds[place]++;
                }
            }
        }

        // not inlined: the loop needs all registers
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Increment(int* places, int count)
        {
            for (int* end = places + count; places < end; places++)
            {
                nuint place = (uint)*places;
                if (++low[place] == 0)
                {
                    rounds[place]++;
                }
            }
        }
    }
}
