namespace SearchService.Http;

/// <summary>The methods that resources answer to.</summary>
internal static class Methods
{
    /// <summary>GET, and HEAD for the same without a body.</summary>
    public static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];
}

/// <summary>When a client should try again.</summary>
internal static class Retry
{
    /// <summary>Where there was too much to do at once.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Where nothing is published: a server follows a publication within two seconds, a small reindex takes a few.</summary>
    public static readonly TimeSpan AfterPublish = TimeSpan.FromSeconds(5);
}
