namespace SearchService.Archive.Tests.Querying;

/// <summary>A clock that stands, in a zone of its own.</summary>
internal sealed class FixedTime(DateTimeOffset utc, TimeSpan offset) : TimeProvider
{
    public static readonly FixedTime Noon = new(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero), TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("test", offset, "test", "test");

    /// <summary>Seconds that every look at the stopwatch adds.</summary>
    public long SecondsALook { get; init; }

    private long _looks;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => SecondsALook * _looks++;

    public override DateTimeOffset GetUtcNow() => utc;
}
