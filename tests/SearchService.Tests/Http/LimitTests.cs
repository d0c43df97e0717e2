using System.Net;
using SearchService.Http;

namespace SearchService.Tests.Http;

public sealed class LimitTests
{
    private static readonly IPAddress Client = IPAddress.Parse("192.0.2.7");

    [Fact]
    public void Take_AllowsTheBurstThenTheAverage()
    {
        ManualClock clock = new();
        ClientRates rates = new(perSecond: 10, burst: 5, clock);

        int atOnce = Enumerable.Range(0, 20).Count(_ => rates.Take(Client));
        clock.Advance(TimeSpan.FromSeconds(0.3));
        int later = Enumerable.Range(0, 20).Count(_ => rates.Take(Client));
        clock.Advance(TimeSpan.FromHours(1));
        int rested = Enumerable.Range(0, 20).Count(_ => rates.Take(Client));

        Assert.Equal((5, 3, 5), (atOnce, later, rested));
    }

    [Fact]
    public void Take_CountsAnIPv6NetworkOf64BitsAsOneClient()
    {
        ClientRates rates = new(perSecond: 1, burst: 2, new ManualClock());

        bool[] taken = [.. Enumerable.Range(1, 3).Select(i => rates.Take(IPAddress.Parse($"2001:db8:0:1::{i}")))];

        Assert.Equal([true, true, false], taken);
        Assert.True(rates.Take(IPAddress.Parse("2001:db8:0:2::1")));
    }

    [Fact]
    public void Take_CountsAMappedAddressAsTheIPv4Client()
    {
        ClientRates rates = new(perSecond: 1, burst: 1, new ManualClock());

        Assert.True(rates.Take(Client));
        Assert.False(rates.Take(Client.MapToIPv6()));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void Take_NeverRefusesLoopback(string address)
    {
        ClientRates rates = new(perSecond: 1, burst: 1, new ManualClock());

        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(rates.Take(IPAddress.Parse(address))));
    }

    [Fact]
    public async Task Enter_BeyondRunningAndWaiting_IsFalse()
    {
        using SearchGate gate = new(running: 1, waiting: 1, patience: TimeSpan.FromSeconds(30));
        Assert.True(await gate.EnterAsync(CancellationToken.None));
        ValueTask<bool> second = gate.EnterAsync(CancellationToken.None);

        Assert.False(await gate.EnterAsync(CancellationToken.None));
        Assert.False(second.IsCompleted);
        gate.Leave();
        Assert.True(await second);
        gate.Leave();
        Assert.True(await gate.EnterAsync(CancellationToken.None));
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
