using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SearchService.Archive.Reading;

/// <summary>
/// Opens regular files only. What a name means can change between listing and opening, so that the check is made on the
/// open file: a pipe must not block the run, a link must not lead out of the input root, a device never ends.
/// </summary>
internal static class RegularFile
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Opens a file for reading, at most as many bytes as it has now.</summary>
    /// <exception cref="IOException">Not a regular file, or the operating system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static Stream Open(string path)
    {
        // The buffer is the callers' own; FileStream's would copy once more.
        FileStream file = OperatingSystem.IsWindows()
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan)
            : new FileStream(OpenWithoutBlocking(path), FileAccess.Read, bufferSize: 0);
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new InputRefusedException(RejectKind.Skipped, "a pipe or device, not a regular file");
        }

        return new BufferedStream(new LengthLimitedStream(file), BufferBytes);
    }

    /// <summary>What the operating system said, in our words.</summary>
    public static string Describe(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "cannot be read: it is gone, or its name is not valid utf-8",
        UnauthorizedAccessException => "cannot be read: permission denied",
        PathTooLongException => "cannot be read: its path is too long",
        _ => $"cannot be read: input or output error {e.HResult & 0xFFFF}",
    };

    private static SafeFileHandle OpenWithoutBlocking(string path)
    {
        (int nonBlocking, int noFollow, int closeOnExec) = OperatingSystem.IsLinux() ? LinuxFlags() : (0x4, 0x100, 0x1000000);
        while (true)
        {
            int descriptor = OpenFile(Encoding.UTF8.GetBytes(path + '\0'), nonBlocking | noFollow | closeOnExec);
            if (descriptor >= 0)
            {
                return new SafeFileHandle(descriptor, ownsHandle: true);
            }

            const int Interrupted = 4;
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw Refused(error);
            }
        }
    }

    /// <summary>asm-generic/fcntl.h, with the other value of O_NOFOLLOW that Arm and PowerPC have.</summary>
    private static (int NonBlocking, int NoFollow, int CloseOnExec) LinuxFlags()
    {
        bool other = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Armv6 or Architecture.Ppc64le;
        return (0x800, other ? 0x8000 : 0x20000, 0x80000);
    }

    private static Exception Refused(int error)
    {
        const int NoEntry = 2;
        const int DeviceOffline = 6;
        const int NoAccess = 13;
        int tooManyLinks = OperatingSystem.IsLinux() ? 40 : 62;
        int nameTooLong = OperatingSystem.IsLinux() ? 36 : 63;
        return error switch
        {
            NoEntry => new FileNotFoundException(),
            NoAccess => new UnauthorizedAccessException(),
            DeviceOffline => new InputRefusedException(RejectKind.Skipped, "a socket or device, not a regular file"),
            _ when error == tooManyLinks => new InputRefusedException(RejectKind.Skipped, InputWalker.LinkReason),
            _ when error == nameTooLong => new PathTooLongException(),
            _ => new IOException(new Win32Exception(error).Message, error),
        };
    }

    // DllImport rather than LibraryImport: the latter needs unsafe code, which this library does without.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFile(byte[] path, int flags);
#pragma warning restore SYSLIB1054

    /// <summary>Ends where the file ended when it was opened: a log that grows does not keep a run from ending.</summary>
    private sealed class LengthLimitedStream(FileStream file) : ForwardStream
    {
        private long _left = file.Length;

        public override int Read(Span<byte> buffer)
        {
            int read = file.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
            _left -= read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
