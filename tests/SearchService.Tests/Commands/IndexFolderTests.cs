using SearchService.Commands;

namespace SearchService.Tests.Commands;

public sealed class IndexFolderTests
{
    [Theory]
    [InlineData("given", "variable", "work/deep", "work/deep/given")]
    [InlineData("../given", null, "work/deep", "work/given")]
    [InlineData(null, "variable", "work/deep", "work/deep/variable")]
    [InlineData(null, null, "work/deep", "work/index-data")]
    [InlineData(null, "", "work/deep", "work/index-data")]
    [InlineData(null, null, "work/index-data", "work/index-data")]
    [InlineData(null, null, "elsewhere", "home/searchservice/index-data")]
    public void Resolve_TakesOptionThenVariableThenNearestFolderThenUserData(string? option, string? variable, string from, string want)
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(folder["work/deep"]);
        Directory.CreateDirectory(folder["work/index-data"]);
        Directory.CreateDirectory(folder["elsewhere"]);

        string got = IndexFolder.Resolve(option, variable, folder[from], folder["home"]);

        Assert.Equal(folder[want], got);
    }
}
