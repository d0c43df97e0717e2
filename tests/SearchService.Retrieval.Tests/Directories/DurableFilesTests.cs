using SearchService.Retrieval.Directories;

namespace SearchService.Retrieval.Tests.Directories;

public sealed class DurableFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("durable-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Replace_MakesTheFile_ThenReplacesItWhole_AndLeavesNothingElse()
    {
        string path = Path.Combine(_folder.FullName, "CURRENT");
        DurableFiles.Replace(path, "a long first text\n");
        DurableFiles.Replace(path, "2\n");
        Assert.Equal("2\n", File.ReadAllText(path));
        Assert.Equal(["CURRENT"], _folder.EnumerateFiles().Select(f => f.Name));
    }

    [Fact]
    public void Replace_WhileTheOldFileIsOpen_LeavesTheReaderTheOldText()
    {
        string path = Path.Combine(_folder.FullName, "CURRENT");
        DurableFiles.Replace(path, "1");
        using FileStream open = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        DurableFiles.Replace(path, "2");
        using StreamReader reader = new(open);
        Assert.Equal("1", reader.ReadToEnd());
    }

    [Fact]
    public void FlushFolderWithFiles_OfAFolderWithFiles_Returns()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "x"), "x");
        DurableFiles.FlushFolderWithFiles(_folder.FullName);
    }

    [SkippableFact]
    public void FlushFolder_ThatDoesNotExist_Throws()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no call to flush a folder");
        IOException e = Assert.Throws<IOException>(() => DurableFiles.FlushFolder(Path.Combine(_folder.FullName, "none")));
        Assert.StartsWith("cannot open '", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void FlushFile_ThatCannotBeFlushed_Throws()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "a device without a flush is wanted");
        IOException e = Assert.Throws<IOException>(() => DurableFiles.FlushFile("/dev/null"));
        Assert.Equal("cannot flush '/dev/null': Invalid argument", e.Message);
    }
}
