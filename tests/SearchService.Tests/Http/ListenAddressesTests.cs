using Microsoft.Extensions.Configuration;
using SearchService.Http;

namespace SearchService.Tests.Http;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData(null, "", "http://localhost:5080", true)]
    [InlineData("http://localhost:1;http://127.0.0.1:2", "urls=http://*:3", "http://localhost:1 http://127.0.0.1:2", true)]
    [InlineData("http://localhost:0", "", "http://127.0.0.1:0", true)]
    [InlineData(null, "urls=http://[::1]:3", "http://[::1]:3", true)]
    [InlineData(null, "urls=http://0.0.0.0:3", "http://0.0.0.0:3", false)]
    [InlineData(null, "http_ports=8080", "http://*:8080", false)]
    [InlineData(null, "https_ports=8443;8444", "https://*:8443 https://*:8444", false)]
    [InlineData(null, "Kestrel:Endpoints:Web:Url=http://localhost:4|urls=http://*:3", "http://localhost:4", true)]
    [InlineData("http://localhost.evil.example:1", "", "http://localhost.evil.example:1", false)]
    [InlineData("http://localhost:1;http://192.0.2.1:2", "", "http://localhost:1 http://192.0.2.1:2", false)]
    public void Resolve_TakesOptionThenSettingsThenTheDefault(string? option, string settings, string urls, bool loopbackOnly)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], (string?)s[1])))
            .Build();

        ListenAddresses addresses = ListenAddresses.Resolve(option, configuration);

        Assert.Equal(urls, string.Join(' ', addresses.Urls));
        Assert.Equal(loopbackOnly, addresses.LoopbackOnly);
        Assert.Null(addresses.FirstWrong());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://localhost:21")]
    [InlineData("http://localhost:99999")]
    [InlineData("http://")]
    [InlineData("localhost:5080")]
    public void FirstWrong_NamesWhatIsNoAddress(string url) =>
        Assert.Equal(url, ListenAddresses.Resolve(url, new ConfigurationBuilder().Build()).FirstWrong());
}
