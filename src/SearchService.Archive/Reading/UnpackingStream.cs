using System.Globalization;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace SearchService.Archive.Reading;

/// <summary>Unpacked bytes under the limits against bombs, which count what really comes out, not what a header claims.</summary>
internal sealed class UnpackingStream(string compression, Stream unpacked, CountingStream packed, ReadingOptions options) : ForwardStream
{
    /// <summary>Below this a high ratio harms nobody: a small file of blanks.</summary>
    private const long RatioFromBytes = 1024 * 1024;

    private long _bytes;

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = unpacked.Read(buffer);
        }
        catch (ZstdException e) when (e.Code == ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge)
        {
            throw new InputRefusedException(RejectKind.OverLimit, $"{compression} data with a window over {Compression.MaxWindowMB} MB");
        }
        catch (EndOfStreamException)
        {
            throw Refused(RejectKind.Malformed, "cut off");
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException)
        {
            throw Refused(RejectKind.Malformed, "damaged or cut off");
        }

        _bytes += read;
        if (_bytes > options.MaxUnpackedBytes)
        {
            throw new InputRefusedException(
                RejectKind.OverLimit,
                Limit.Exceeded($"{compression} data", options.MaxUnpackedBytes, "unpacked bytes", nameof(ReadingOptions.MaxUnpackedBytes)));
        }

        if (_bytes > RatioFromBytes && _bytes / options.MaxUnpackRatio > packed.BytesRead)
        {
            throw new InputRefusedException(
                RejectKind.OverLimit,
                Limit.Exceeded($"{compression} data", options.MaxUnpackRatio, "unpacked bytes for a packed one", nameof(ReadingOptions.MaxUnpackRatio)));
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private InputRefusedException Refused(RejectKind kind, string what) =>
        new(kind, string.Create(CultureInfo.InvariantCulture, $"{compression} data {what} after {_bytes} unpacked bytes"));
}
