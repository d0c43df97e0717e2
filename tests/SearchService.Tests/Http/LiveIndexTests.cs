using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using SearchService.Archive.Index;
using SearchService.Commands;

namespace SearchService.Tests.Http;

/// <summary>The server over a real index.</summary>
public sealed class LiveIndexTests
{
    [Fact]
    public async Task Cursors_lead_to_the_end_and_the_export_has_the_same_articles_in_the_same_order()
    {
        using TestArchive archive = await TestArchive.CreateAsync(53);
        await using IArticleIndex index = Backend.Reading(archive.Index, TimeProvider.System);
        await using TestServer server = await TestServer.StartAsync(index);
        foreach (string query in new[] { "q=harbour", "q=harbour&sort=oldest", "sort=newest", "q=harbour&source=Odd+Wire" })
        {
            List<string> ids = [];
            string? cursor = "";
            while (cursor is not null)
            {
                JsonNode page = await server.JsonAsync($"/v1/search?{query}&size=7&snippets=0{cursor}");
                ids.AddRange(page["hits"]!.AsArray().Select(h => (string)h!["id"]!));
                cursor = page["next"] is { } next ? "&cursor=" + (string)next! : null;
            }

            string[] lines = (await server.Client.GetStringAsync($"/v1/export?{query}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

            Assert.Equal(query.Contains("Odd", StringComparison.Ordinal) ? 26 : 53, ids.Distinct().Count());
            Assert.Equal(ids, lines.Select(l => (string)JsonNode.Parse(l)!["id"]!));
        }
    }

    [Fact]
    public async Task The_number_beside_a_value_is_the_number_of_hits_after_the_click()
    {
        using TestArchive archive = await TestArchive.CreateAsync(53);
        await using IArticleIndex index = Backend.Reading(archive.Index, TimeProvider.System);
        await using TestServer server = await TestServer.StartAsync(index);

        JsonNode answer = await server.JsonAsync("/v1/search?q=harbour&size=0&facet=person&facet=source&facet=locationCountry&facet=date&dateInterval=month");

        foreach (string field in new[] { "person", "source", "locationCountry" })
        {
            foreach (JsonNode? value in answer["facets"]![field]!["values"]!.AsArray())
            {
                JsonNode clicked = await server.JsonAsync($"/v1/search?q=harbour&size=0&{field}={Uri.EscapeDataString((string)value!["value"]!)}");
                Assert.Equal((long)value["count"]!, (long)clicked["total"]!);
            }
        }

        foreach (JsonNode? bucket in answer["facets"]!["date"]!["buckets"]!.AsArray())
        {
            JsonNode clicked = await server.JsonAsync($"/v1/search?q=harbour&size=0&date={Uri.EscapeDataString((string)bucket!["value"]!)}");
            Assert.Equal((long)bucket["count"]!, (long)clicked["total"]!);
        }
    }

    [Fact]
    public async Task No_query_string_is_a_server_error()
    {
        using TestArchive archive = await TestArchive.CreateAsync(20);
        await using IArticleIndex index = Backend.Reading(archive.Index, TimeProvider.System);
        await using TestServer server = await TestServer.StartAsync(index);
        Random random = new(20181121);
        string[] pieces =
        [
            "harbour", "report", "\"", "(", ")", " AND ", " OR ", " NOT ", "-", "*", "~", "~2", "^3", ":", "headline:", "date:", "country:", "person:", "2001", "/", "_missing",
            " NEAR/3 ", "\\", "'", "“", "İ", "é", "日本", "\u0000", "\uD83D\uDE00", "[", "]", "{", "?", "!", "&&", "||", "+", "<b>", "%", "&", "=", ";", "\t", "\u202E",
        ];
        string[] names = ["q", "q", "q", "match", "date", "from", "to", "sort", "size", "cursor", "ids", "facet", "facetSize", "dateInterval", "snippets", "country", "person", "location", "explain"];
        for (int i = 0; i < 400; i++)
        {
            string query = string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
                names[random.Next(names.Length)] + "=" + Uri.EscapeDataString(string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => pieces[random.Next(pieces.Length)])))));

            using HttpResponseMessage response = await server.GetAsync("/v1/search?" + query);

            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{(int)response.StatusCode} for {query}");
        }

        Assert.Empty(server.Logs.Lines);
    }

    [Fact]
    public async Task A_reindex_while_serving_switches_within_two_seconds_and_fails_no_request()
    {
        using TestArchive archive = await TestArchive.CreateAsync(20, "alpha");
        await using IArticleIndex index = Backend.Reading(archive.Index, TimeProvider.System);
        await using TestServer server = await TestServer.StartAsync(index);
        ConcurrentQueue<string> wrong = new();
        using CancellationTokenSource stop = new();
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadAsync(server, wrong, stop.Token)))];

        foreach (string marker in new[] { "beta", "gamma" })
        {
            archive.WriteArticles(20, marker);
            CommandRun run = await archive.RunAsync("reindex", "--json", archive.Input);
            string generation = $"{(long)JsonNode.Parse(run.Out)!["published"]!}.1";
            Stopwatch switching = Stopwatch.StartNew();
            while ((string)(await server.JsonAsync("/v1/search?size=0"))["generation"]! != generation)
            {
                Assert.True(switching.Elapsed < TimeSpan.FromSeconds(2), $"{generation} does not serve after two seconds");
                await Task.Delay(20);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Empty(wrong);
    }

    /// <summary>Searches without pause; every answer must be whole and of one generation: generation n knows one marker only.</summary>
    private static async Task ReadAsync(TestServer server, ConcurrentQueue<string> wrong, CancellationToken stop)
    {
        Dictionary<string, string> markers = new() { ["1.1"] = "alpha", ["2.1"] = "beta", ["3.1"] = "gamma" };
        while (!stop.IsCancellationRequested)
        {
            using HttpResponseMessage response = await server.GetAsync("/v1/search?q=harbour&size=20&snippets=0");
            string body = await response.Content.ReadAsStringAsync(CancellationToken.None);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                wrong.Enqueue($"{(int)response.StatusCode} {body}");
                return;
            }

            JsonNode answer = JsonNode.Parse(body)!;
            string marker = markers[(string)answer["generation"]!];
            if (answer["hits"]!.AsArray().Any(h => !((string)h!["headline"]!).EndsWith(marker, StringComparison.Ordinal)))
            {
                wrong.Enqueue("mixed: " + body);
            }
        }
    }
}
