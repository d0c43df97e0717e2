using System.Diagnostics;
using SearchService.Archive.Reading;

namespace SearchService.Archive.Tests.Reading;

public sealed class InputWalkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Walk_Folder_NamesFilesInOrdinalOrder()
    {
        foreach (string name in (string[])["b.txt", "B.txt", "a/2.txt", "a/10.txt", "a.txt", "é.txt", "İ/x.txt"])
        {
            _folder.Write(name, "text");
        }

        Assert.Equal(["B.txt", "a/10.txt", "a/2.txt", "a.txt", "b.txt", "é.txt", "İ/x.txt"], Walk(_folder.Path).Select(f => f.Path));
        Assert.All(Walk(_folder.Path), f => Assert.Equal(4, f.Bytes));
    }

    [Fact]
    public void Walk_File_IsNamedByItsName() => Assert.Equal("a.txt", Assert.Single(Walk(_folder.Write("d/a.txt", "text"))).Path);

    [Fact]
    public void Walk_InsideAKnownRoot_NamesFilesFromThere()
    {
        string file = _folder.Write("wire/1987/a.txt", "text");
        Assert.Equal("1987/a.txt", Assert.Single(Walk([Path.Combine(_folder.Path, "wire/1987")], [Path.Combine(_folder.Path, "wire")])).Path);
        Assert.Equal("1987/a.txt", Assert.Single(Walk([file], [Path.Combine(_folder.Path, "wire") + "/"])).Path);
        Assert.Equal("a.txt", Assert.Single(Walk([file], [Path.Combine(_folder.Path, "wir")])).Path);
    }

    [Fact]
    public void Walk_SeveralRoots_NamesFilesFromTheFolderThatHoldsThem()
    {
        string first = _folder.Write("2017/wire/a.txt", "text");
        _folder.Write("2018/a.txt", "text");
        Assert.Equal(["2018/a.txt", "2017/wire/a.txt"], Walk([Path.Combine(_folder.Path, "2018"), Path.Combine(_folder.Path, "2017")], []).Select(f => f.Path));
        Assert.Equal(["2017/wire/a.txt", "2018/a.txt"], Walk([first, Path.Combine(_folder.Path, "2018")], []).Select(f => f.Path));
        Assert.Equal(["a.txt", "b.txt"], Walk([first, _folder.Write("2017/wire/b.txt", "text")], []).Select(f => f.Path));
    }

    [Fact]
    public void Walk_RootInsideAnother_IsReadOnce()
    {
        _folder.Write("a/x.txt", "text");
        Assert.Equal("a/x.txt", Assert.Single(Walk([Path.Combine(_folder.Path, "a"), _folder.Path, _folder.Path + "/"], [])).Path);
    }

    [Fact]
    public void TryCreate_MissingPath_IsNamed()
    {
        Assert.False(InputWalker.TryCreate([_folder.Path, "/no/such"], [], out _, out string? error));
        Assert.Equal("no file or folder '/no/such'", error);
        Assert.False(InputWalker.TryCreate([" "], [], out _, out error));
        Assert.Equal("no file or folder ' '", error);
    }

    [Fact]
    public void Walk_HiddenEntries_AreSkippedWithAReason()
    {
        _folder.Write(".git/config", "text");
        _folder.Write(".hidden", "text");
        _folder.Write("a.txt", "text");
        Assert.Equal(
            [".git hidden: its name begins with a dot", ".hidden hidden: its name begins with a dot", "a.txt "],
            Walk(_folder.Path).Select(f => $"{f.Path} {f.SkipReason}"));
    }

    [SkippableFact]
    public void Walk_LinksAndLoops_AreNotFollowed()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        _folder.Write("d/a.txt", "text");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "d/passwd.txt"), "/etc/passwd");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "d/loop"), ".");
        Assert.Equal(["d/a.txt", "d/loop!", "d/passwd.txt!"], Walk(_folder.Path).Select(f => f.Path + (f.SkipReason is null ? "" : "!")));
        Assert.Equal(
            "0 skipped: a symbolic link, not followed; name its target as an input",
            Reader.Print(Assert.Single(new InputReader(new ReadingOptions()).Read(Walk(_folder.Path)[1]))));
    }

    [SkippableFact]
    public void Walk_RootThatIsALink_IsFollowed()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        _folder.Write("d/a.txt", "text");
        string link = Path.Combine(_folder.Path, "link");
        Directory.CreateSymbolicLink(link, Path.Combine(_folder.Path, "d"));
        Assert.Equal("a.txt", Assert.Single(Walk(link)).Path);
        string file = Path.Combine(_folder.Path, "b.txt");
        File.CreateSymbolicLink(file, Path.Combine(_folder.Path, "d/a.txt"));
        Assert.Equal("0  | text", Reader.Print(Assert.Single(new InputReader(new ReadingOptions()).Read(Assert.Single(Walk(file))))));
    }

    [SkippableFact]
    public void Read_LinkPutInPlaceOfAFile_IsNotFollowed()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        string path = _folder.Write("a.txt", "text");
        InputFile file = Assert.Single(Walk(_folder.Path));
        File.Delete(path);
        File.CreateSymbolicLink(path, "/etc/passwd");
        Assert.Equal("0 skipped: a symbolic link, not followed; name its target as an input", ReadOne(file));
    }

    [SkippableFact]
    public void Read_PipeDeviceMissingAndForbidden_AreReasons()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs mkfifo");
        string pipe = Path.Combine(_folder.Path, "pipe.txt");
        using (Process make = Process.Start("mkfifo", [pipe]))
        {
            make.WaitForExit();
        }

        Assert.Equal("0 skipped: a pipe or device, not a regular file", ReadOne(Assert.Single(Walk(_folder.Path))));
        Assert.Equal("0 empty: empty file", ReadOne(new InputFile("/dev/zero", "zero", 0)));
        Assert.Equal("0 unreadable: cannot be read: it is gone, or its name is not valid utf-8", ReadOne(new InputFile("/no/such", "such", 0)));
        Assert.StartsWith("0 unreadable: cannot be read: input or output error", ReadOne(new InputFile("/etc", "etc", 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void CountBytes_AddsUpWhatIsRead()
    {
        _folder.Write("a.txt", "text");
        _folder.Write("d/b.txt", "more text");
        _folder.Write(".c.txt", "hidden");
        Assert.True(InputWalker.TryCreate([_folder.Path], [], out InputWalker? walker, out _));
        Assert.Equal(13, walker.CountBytes(CancellationToken.None));
        Assert.Equal([_folder.Path], walker.Roots);
    }

    private static string ReadOne(InputFile file) => Reader.Print(Assert.Single(new InputReader(new ReadingOptions()).Read(file)));

    private static List<InputFile> Walk(string path) => Walk([path], []);

    private static List<InputFile> Walk(string[] paths, string[] knownRoots)
    {
        Assert.True(InputWalker.TryCreate(paths, knownRoots, out InputWalker? walker, out string? error), error);
        return [.. walker.Walk()];
    }
}
