using SearchService.Retrieval.Directories;
using Lock = Lucene.Net.Store.Lock;

namespace SearchService.Retrieval.Tests.Directories;

public sealed class ExclusiveFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("exclusive-");

    private string LockPath => Path.Combine(_folder.FullName, "write.lock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TryTake_WhileHeld_IsRefused()
    {
        using ExclusiveFile? first = ExclusiveFile.TryTake(LockPath);
        Assert.NotNull(first);
        Assert.Null(ExclusiveFile.TryTake(LockPath));
    }

    [Fact]
    public void TryTake_AfterRelease_Succeeds()
    {
        ExclusiveFile.TryTake(LockPath)!.Dispose();
        using ExclusiveFile? again = ExclusiveFile.TryTake(LockPath);
        Assert.NotNull(again);
    }

    [Fact]
    public void TryTake_OfAFileLeftByACrash_Succeeds()
    {
        File.WriteAllText(LockPath, "");
        using ExclusiveFile? taken = ExclusiveFile.TryTake(LockPath);
        Assert.NotNull(taken);
    }

    [Fact]
    public void TryTake_InAMissingFolder_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => ExclusiveFile.TryTake(Path.Combine(_folder.FullName, "none", "write.lock")));

    [SkippableFact]
    public void TryTake_WhereTheFileCannotBeOpened_SaysWhy()
    {
        Skip.If(OperatingSystem.IsWindows(), "a link to itself is another error there");
        File.CreateSymbolicLink(LockPath, LockPath);
        IOException thrown = Assert.Throws<IOException>(() => ExclusiveFile.TryTake(LockPath));
        Assert.Contains("symbolic links", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LockFactory_GivesOneLockAtATime()
    {
        ExclusiveLockFactory factory = new(_folder.FullName);
        using Lock first = factory.MakeLock("index.lock");
        using Lock second = factory.MakeLock("index.lock");
        Assert.True(first.Obtain());
        Assert.False(first.Obtain());
        Assert.True(second.IsLocked());
        Assert.False(second.Obtain());
        first.Dispose();
        Assert.False(second.IsLocked());
        Assert.True(second.Obtain());
    }
}
