using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SearchService.Http;

/// <summary>
/// A token bucket per client: an IPv4 address, or an IPv6 network of 64 bits. The buckets stand in a table of fixed size, so that a flood of
/// addresses costs no memory; two clients that fall into one slot share it, and the seed keeps anybody from choosing with whom.
/// Thread-safe, without locks.
/// </summary>
/// <remarks>
/// Generic cell rate algorithm (ITU-T I.371): a slot holds the time at which its bucket is full again; a request moves it on by one interval
/// and is refused where that would lead further ahead than the burst.
/// </remarks>
/// <param name="perSecond">Requests a second on average.</param>
/// <param name="burst">Requests at once.</param>
internal sealed class ClientRates(int perSecond, int burst, TimeProvider clock)
{
    private const int Slots = 1 << 16;

    private readonly long[] _fullAt = new long[Slots];
    private readonly int _seed = Random.Shared.Next();
    private readonly long _interval = Math.Max(1, clock.TimestampFrequency / perSecond);
    private readonly long _start = clock.GetTimestamp();

    /// <summary>Counts a request; false where the client has sent too many. Loopback clients are not counted.</summary>
    public bool Take(IPAddress? client)
    {
        if (client is null || IPAddress.IsLoopback(client))
        {
            return true;
        }

        ref long slot = ref _fullAt[SlotOf(client)];
        long now = clock.GetTimestamp() - _start;
        while (true)
        {
            long fullAt = Volatile.Read(ref slot);
            long next = Math.Max(fullAt, now) + _interval;
            if (next - now > _interval * burst)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref slot, next, fullAt) == fullAt)
            {
                return true;
            }
        }
    }

    private int SlotOf(IPAddress client)
    {
        if (client.IsIPv4MappedToIPv6)
        {
            client = client.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        bool written = client.TryWriteBytes(bytes, out int length);
        Debug.Assert(written, "an address has at most 16 bytes");
        ReadOnlySpan<byte> network = client.AddressFamily == AddressFamily.InterNetworkV6 ? bytes[..8] : bytes[..length];
        HashCode hash = default;
        hash.Add(_seed);
        hash.AddBytes(network);
        return hash.ToHashCode() & (Slots - 1);
    }
}
