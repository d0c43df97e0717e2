using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using SearchService.Commands;

namespace SearchService.Tests.Commands;

/// <summary>The built program as a process of its own: what only a process has, signals, ports and streams.</summary>
public sealed partial class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Without_a_command_the_sample_is_indexed_and_served_and_SIGTERM_ends_it_with_0()
    {
        using TempFolder folder = new();
        using Child child = Child.Start(folder.Path, "--index", "index-data", "--urls", "http://127.0.0.1:0");
        Uri address = await child.AddressAsync();
        using HttpClient client = new() { BaseAddress = address };

        JsonNode status = JsonNode.Parse(await client.GetStringAsync("/v1/status"))!;
        child.Signal(15);
        int exitCode = await child.ExitAsync();

        Assert.True((bool)status["sample"]!);
        Assert.True((long)status["articles"]! > 0);
        Assert.True(Directory.Exists(folder["index-data"]), "a relative path means the caller's folder");
        Assert.Equal(ExitCode.Done, exitCode);
    }

    [Fact]
    public async Task Without_a_command_a_sample_of_another_version_is_indexed_again()
    {
        using TempFolder folder = new();
        string index = folder["index-data"];
        CommandRun run = await CommandRun.InProcessAsync("--index", index, "reindex", Path.Combine(AppContext.BaseDirectory, "sample"));
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        string manifest = Directory.EnumerateFiles(index, "*manifest*", SearchOption.AllDirectories).First();
        JsonObject sample = JsonNode.Parse(File.ReadAllText(manifest))!.AsObject();
        sample["sample"] = true;
        File.WriteAllText(manifest, sample.ToJsonString());
        TestArchive.ChangeSchema(index);

        using Child child = Child.Start(folder.Path, "--index", index, "--urls", "http://127.0.0.1:0");
        using HttpClient client = new() { BaseAddress = await child.AddressAsync() };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/search?q=gagarin")).StatusCode);
        Assert.Contains(child.ErrorLines.Append(child.Out), l => l.Contains("a sample index of another version", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SIGTERM_lets_accepted_requests_end_and_readiness_turns_first()
    {
        using TestArchive archive = await TestArchive.CreateAsync(5);
        Dictionary<string, string> drain = new() { ["SearchService__Drain"] = "00:00:01" };
        using Child draining = Child.Start(archive.Folder, drain, "serve", "--index", archive.Index, "--urls", "http://127.0.0.1:0");
        using HttpClient client = new() { BaseAddress = await draining.AddressAsync() };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);

        draining.Signal(15);
        HttpStatusCode ready = HttpStatusCode.OK;
        while (ready == HttpStatusCode.OK)
        {
            ready = (await client.GetAsync("/health/ready")).StatusCode;
        }

        HttpStatusCode search = (await client.GetAsync("/v1/search?q=harbour")).StatusCode;
        int exitCode = await draining.ExitAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, ExitCode.Done), (ready, search, exitCode));
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_exit_code_2()
    {
        using TempFolder folder = new();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        using Child child = Child.Start(folder.Path, "serve", "--index", folder["index"], "--urls", url);
        int exitCode = await child.ExitAsync();

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Equal($"searchservice: {url} is in use, want a free address: --urls http://localhost:PORT", Assert.Single(child.ErrorLines, l => !l.StartsWith("warning: .NET", StringComparison.Ordinal)));
        Assert.Equal("", child.Out);
    }

    [Fact]
    public async Task Without_an_index_it_serves_503_and_follows_the_first_publication()
    {
        using TestArchive archive = new();
        archive.WriteArticles(3, "alpha");
        using Child child = Child.Start(archive.Folder, "serve", "--index", archive.Index, "--urls", "http://127.0.0.1:0");
        using HttpClient client = new() { BaseAddress = await child.AddressAsync() };
        using HttpResponseMessage before = await client.GetAsync("/v1/search");
        Assert.False(Directory.Exists(archive.Index), "the server never writes");

        await archive.RunAsync("reindex", archive.Input);
        Stopwatch switching = Stopwatch.StartNew();
        while ((await client.GetAsync("/v1/search")).StatusCode != HttpStatusCode.OK)
        {
            // alone it takes under two seconds; the other tests of the run may hold it up
            Assert.True(switching.Elapsed < TimeSpan.FromSeconds(15), "not served fifteen seconds after publication");
            await Task.Delay(20);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Contains("searchservice reindex", await before.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task A_signal_during_reindex_leaves_the_published_index_as_it_was(int signal)
    {
        Skip.If(IsIgnoredHere(signal), $"signal {signal} is ignored here, and so in every program started from here: a shell does that to what it runs in the background");
        using TestArchive archive = await TestArchive.CreateAsync(5);
        string pipe = Path.Combine(archive.Folder, "big");
        Directory.CreateDirectory(pipe);
        File.WriteAllText(Path.Combine(pipe, "big.ndjson"), string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"id\":\"{i}\",\"headline\":\"Long {i}\",\"body\":\"{string.Concat(Enumerable.Repeat($"word{i} of Baku and Paris, ", 40))}\"}}\n")));
        using Child child = Child.Start(archive.Folder, "reindex", "--index", archive.Index, pipe);
        await child.UntilAsync(() => Directory.Exists(Path.Combine(archive.Index, "generations")) && Directory.GetDirectories(Path.Combine(archive.Index, "generations")).Length > 1);

        child.Signal(signal);
        int exitCode = await child.ExitAsync();
        CommandRun status = await archive.RunAsync("status", "--json");
        CommandRun verify = await archive.RunAsync("verify");

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Equal("searchservice: aborted, the published index stays as it was", child.ErrorLines[^1]);
        Assert.Equal((1, 5), ((int)JsonNode.Parse(status.Out)!["generation"]!, (int)JsonNode.Parse(status.Out)!["articles"]!));
        Assert.Equal(ExitCode.Done, verify.ExitCode);
    }

    /// <summary>Whether this process ignores a signal; its children inherit that. On Linux only.</summary>
    private static bool IsIgnoredHere(int signal)
    {
        const string Field = "SigIgn:";
        string? line = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal))
            : null;
        return line is not null && (ulong.Parse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (signal - 1))) != 0;
    }

    [Fact]
    public async Task Results_go_to_standard_output_and_messages_to_standard_error()
    {
        using TestArchive archive = await TestArchive.CreateAsync(5);

        using Child found = Child.Start(archive.Folder, "search", "harbour", "--json", "--index", archive.Index);
        using Child wrong = Child.Start(archive.Folder, "search", "\"harbour", "--json", "--index", archive.Index);
        using Child nothing = Child.Start(archive.Folder, "search", "--index", archive.Index, "--", "zebra");

        Assert.Equal((ExitCode.Done, ExitCode.Failed, ExitCode.NothingFound), (await found.ExitAsync(), await wrong.ExitAsync(), await nothing.ExitAsync()));
        Assert.Equal(5, (int)JsonNode.Parse(found.Out)!["total"]!);
        Assert.Equal("", wrong.Out);
        Assert.StartsWith("searchservice: ", Assert.Single(wrong.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strangers_settings_file_is_not_read()
    {
        using TestArchive archive = await TestArchive.CreateAsync(1);
        archive.Write("appsettings.json", "{\"urls\":\"http://0.0.0.0:1\",\"SearchService\":{\"Nonsense\":1}}");

        using Child child = Child.Start(archive.Folder, "serve", "--index", archive.Index, "--urls", "http://127.0.0.1:0");

        Assert.Equal("127.0.0.1", (await child.AddressAsync()).Host);
    }

    /// <summary>A running program.</summary>
    private sealed partial class Child : IDisposable
    {
        private readonly Process _process;
        private readonly List<string> _out = [];
        private readonly List<string> _error = [];

        private Child(Process process)
        {
            _process = process;
            process.OutputDataReceived += (_, e) => Keep(_out, e.Data);
            process.ErrorDataReceived += (_, e) => Keep(_error, e.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public string Out => string.Join('\n', Lines(_out));

        public IReadOnlyList<string> ErrorLines => Lines(_error);

        public static Child Start(string folder, params string[] args) => Start(folder, new Dictionary<string, string>(), args);

        public static Child Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] args)
        {
            ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "searchservice.dll"), .. args])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            start.Environment.Remove("SEARCHSERVICE_INDEX");
            foreach ((string name, string value) in environment)
            {
                start.Environment[name] = value;
            }

            return new Child(Process.Start(start)!);
        }

        /// <summary>The address it says that it serves.</summary>
        public async Task<Uri> AddressAsync()
        {
            await UntilAsync(() => Lines(_out).Any(l => l.StartsWith("serving ", StringComparison.Ordinal)));
            return new Uri(Lines(_out).First(l => l.StartsWith("serving ", StringComparison.Ordinal))["serving ".Length..]);
        }

        public async Task UntilAsync(Func<bool> condition)
        {
            Stopwatch waiting = Stopwatch.StartNew();
            while (!condition())
            {
                Assert.True(waiting.Elapsed < Patience && !_process.HasExited, $"gave up waiting: {Out}\n{string.Join('\n', ErrorLines)}");
                await Task.Delay(20);
            }
        }

        public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

        public async Task<int> ExitAsync()
        {
            using CancellationTokenSource patience = new(Patience);
            await _process.WaitForExitAsync(patience.Token);
            return _process.ExitCode;
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
                _process.WaitForExit();
            }

            _process.Dispose();
        }

        private static void Keep(List<string> lines, string? line)
        {
            if (line is not null)
            {
                lock (lines)
                {
                    lines.Add(line);
                }
            }
        }

        private static string[] Lines(List<string> lines)
        {
            lock (lines)
            {
                return [.. lines];
            }
        }

        [LibraryImport("libc", EntryPoint = "kill")]
        private static partial int Kill(int process, int signal);
    }
}
