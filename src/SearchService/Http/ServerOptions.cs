using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace SearchService.Http;

/// <summary>
/// What the administrator may set about serving: configuration section <c>SearchService</c>, so <c>SearchService__RequestTimeout=00:00:05</c>
/// in the environment. Checked at start; a value out of range or an unknown key stops the start with one line.
/// </summary>
public sealed class ServerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "SearchService";

    /// <summary>Searches that run at once; 0 means twice the number of cores.</summary>
    [Range(0, 1024)]
    public int ConcurrentSearches { get; set; }

    /// <summary>Searches that may wait for their turn; 0 means four times the number of cores.</summary>
    [Range(0, 100_000)]
    public int QueuedSearches { get; set; }

    /// <summary>Longest wait for a turn; a search that waits longer is answered 503.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan QueueWait { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Exports that run at once; another one is answered 503.</summary>
    [Range(1, 64)]
    public int ConcurrentExports { get; set; } = 2;

    /// <summary>Time for one search; one that runs longer answers with what it has seen and says so.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan SearchTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time after which a request is given up and answered 503; exports have none.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests a second that one client may send on average; loopback clients are not counted.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 20;

    /// <summary>Requests that one client may send at once before the average counts.</summary>
    [Range(1, 1_000_000)]
    public int RequestBurst { get; set; } = 40;

    /// <summary>Connections held at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 1000;

    /// <summary>
    /// Time between the 503 of <c>/health/ready</c> and the closing of the door when the server is asked to stop, for load balancers to notice.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan Drain { get; set; } = TimeSpan.Zero;

    /// <summary>Reads and checks the section.</summary>
    /// <exception cref="ServerSettingsException">A value is out of range, does not parse, or the key is unknown.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        ServerOptions options = new();
        HashSet<string> known = new(typeof(ServerOptions).GetProperties().Select(p => p.Name), StringComparer.OrdinalIgnoreCase);
        IConfigurationSection section = configuration.GetSection(Section);
        foreach (IConfigurationSection entry in section.GetChildren())
        {
            if (!known.Contains(entry.Key))
            {
                throw new ServerSettingsException($"unknown setting {Section}:{entry.Key}, want one of {string.Join(", ", known.Order(StringComparer.Ordinal))}");
            }
        }

        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException)
        {
            IConfigurationSection wrong = section.GetChildren().First(entry => !Parses(entry));
            throw new ServerSettingsException($"setting {Section}:{wrong.Key} is '{wrong.Value}', want {Wanted(wrong.Key)}");
        }

        List<ValidationResult> failures = [];
        if (!Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true))
        {
            string name = failures[0].MemberNames.First();
            throw new ServerSettingsException($"setting {Section}:{name} is '{section[name]}', want {Wanted(name)}");
        }

        return options;
    }

    private static bool Parses(IConfigurationSection entry) =>
        typeof(ServerOptions).GetProperty(entry.Key, System.Reflection.BindingFlags.IgnoreCase | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance)!.PropertyType == typeof(int)
            ? int.TryParse(entry.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            : TimeSpan.TryParse(entry.Value, CultureInfo.InvariantCulture, out _);

    private static string Wanted(string name)
    {
        RangeAttribute range = (RangeAttribute)typeof(ServerOptions)
            .GetProperty(name, System.Reflection.BindingFlags.IgnoreCase | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance)!
            .GetCustomAttributes(typeof(RangeAttribute), inherit: false)[0];
        return string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}");
    }
}

/// <summary>The server's settings are wrong. The message is one line for the user.</summary>
public sealed class ServerSettingsException(string message) : Exception(message);
