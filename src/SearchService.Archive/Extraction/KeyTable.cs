using System.Runtime.CompilerServices;

namespace SearchService.Archive.Extraction;

/// <summary>
/// A hash table from 64-bit keys to integers, open addressing with linear probing. Filled once, then read by any number of
/// threads. A key is the hash of a word or phrase and stands for it: with 300,000 entries two words collide with a chance of
/// one in a hundred million.
/// </summary>
internal sealed class KeyTable
{
    private ulong[] _keys;
    private int[] _values;
    private int _count;

    /// <param name="capacity">Slots to begin with, a power of two.</param>
    public KeyTable(int capacity)
    {
        _keys = new ulong[capacity];
        _values = new int[capacity];
    }

    public bool TryGet(ulong key, out int value)
    {
        int mask = _keys.Length - 1;
        for (int slot = (int)key & mask; ; slot = (slot + 1) & mask)
        {
            ulong found = _keys[slot];
            if (found == key)
            {
                value = _values[slot];
                return key != 0;
            }

            if (found == 0)
            {
                value = 0;
                return false;
            }
        }
    }

    /// <summary>Adds a key that is not there yet; false, without a change, where it is. A zero key is ignored.</summary>
    public bool TryAdd(ulong key, int value)
    {
        ref int slot = ref SlotOf(key, out bool added);
        if (added)
        {
            slot = value;
        }

        return added;
    }

    /// <summary>Sets bits of the key's value.</summary>
    public void Or(ulong key, int bits) => SlotOf(key, out _) |= bits;

    /// <summary>Raises the key's value to at least this one.</summary>
    public void Max(ulong key, int value)
    {
        ref int slot = ref SlotOf(key, out _);
        slot = Math.Max(slot, value);
    }

    // Runs a few hundred thousand times while the data files are loaded, before any tiering.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ref int SlotOf(ulong key, out bool added)
    {
        // Key 0 is "no word": its value lives in a slot nobody reads.
        key = key == 0 ? 1 : key;
        if (_count * 2 >= _keys.Length)
        {
            Grow();
        }

        int mask = _keys.Length - 1;
        int slot = (int)key & mask;
        while (_keys[slot] != 0 && _keys[slot] != key)
        {
            slot = (slot + 1) & mask;
        }

        added = _keys[slot] == 0;
        if (added)
        {
            _keys[slot] = key;
            _count++;
        }

        return ref _values[slot];
    }

    private void Grow()
    {
        (ulong[] keys, int[] values) = (_keys, _values);
        _keys = new ulong[keys.Length * 2];
        _values = new int[keys.Length * 2];
        _count = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                SlotOf(keys[i], out _) = values[i];
            }
        }
    }
}
