using System.Text;
using SearchService.Retrieval.Directories;

namespace SearchService.Retrieval.Tests.Directories;

public sealed class FolderChecksumsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("checksums-");

    public FolderChecksumsTests()
    {
        File.WriteAllText(Named("a"), "123456789");
        File.WriteAllBytes(Named("b"), new byte[3_000_001]);
        File.WriteAllText(Named("empty"), "");
        FolderChecksums.Write(_folder.FullName, CancellationToken.None);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Check values of RFC 3720, appendix B.4, and the catalogue of CRCs ("123456789").</summary>
    [Theory]
    [InlineData("", 0x00000000)]
    [InlineData("123456789", 0xE3069283)]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0x8A9136AA)]
    public void Crc32C_IsCastagnolis(string text, uint expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        Assert.Equal(expected, FolderChecksums.Crc32C(bytes));
        Assert.Equal(expected, FolderChecksums.Crc32C(bytes.AsSpan(bytes.Length / 2), FolderChecksums.Crc32C(bytes.AsSpan(0, bytes.Length / 2))));
    }

    [Fact]
    public void Write_NotesEveryFile() =>
        Assert.Equal("e3069283 9 a", File.ReadLines(Named("CHECKSUMS")).First());

    [Fact]
    public void Compare_OfAFolderUnchanged_FindsNothing_AndMoreFilesDoNotMatter()
    {
        File.WriteAllText(Named("more"), "x");
        Assert.Null(FolderChecksums.Compare(_folder.FullName, CancellationToken.None));
    }

    [Fact]
    public void Compare_FindsWhatHasChanged()
    {
        using (FileStream file = new(Named("b"), FileMode.Open))
        {
            file.Position = 2_999_999;
            file.WriteByte(1);
        }

        Assert.Equal("b has changed", FolderChecksums.Compare(_folder.FullName, CancellationToken.None));
    }

    [Theory]
    [InlineData("a", "a is missing")]
    [InlineData("CHECKSUMS", "CHECKSUMS is missing")]
    public void Compare_FindsWhatIsMissing(string name, string expected)
    {
        File.Delete(Named(name));
        Assert.Equal(expected, FolderChecksums.Compare(_folder.FullName, CancellationToken.None));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("zzzzzzzz 1 a")]
    [InlineData("00000000 -1 a")]
    [InlineData("00000000 1 ../a")]
    public void Compare_OfANoteDamaged_SaysSo(string line)
    {
        File.WriteAllText(Named("CHECKSUMS"), line + "\n");
        Assert.Equal("CHECKSUMS cannot be read", FolderChecksums.Compare(_folder.FullName, CancellationToken.None));
    }

    private string Named(string name) => Path.Combine(_folder.FullName, name);
}
