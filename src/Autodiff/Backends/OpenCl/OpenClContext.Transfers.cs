namespace ProbNet.Autodiff;

internal sealed unsafe partial class OpenClContext
{
    private readonly OpenClStaging _staging;

    /// <summary>
    /// Copies bytes to the device, behind all that was queued before. The source may change when this returns: up to
    /// <see cref="OpenClStaging.LargestCopy"/> bytes are set aside for the queue, so that the caller does not wait for it; for more it waits.
    /// </summary>
    public void Write(IDeviceBuffer target, long offset, ReadOnlySpan<byte> source)
    {
        nint done = 0;
        fixed (byte* from = source)
        {
            lock (_gate)
            {
                OpenClBuffer to = Live(target, "Write", offset, source.Length);
                if (source.IsEmpty)
                {
                    return;
                }

                bool isStaged = source.Length <= OpenClStaging.LargestCopy;
                byte* kept = isStaged ? _staging.Take(source) : from;
                int status = _library.EnqueueWriteBuffer(_queue, to.Handle, 0, (nuint)offset, (nuint)source.Length, kept, 0, null, &done);
                Check(status, "clEnqueueWriteBuffer", "a buffer");
                if (isStaged)
                {
                    _staging.UntilDone(done);
                    done = 0;
                }

                _counters = _counters with { Uploads = _counters.Uploads + 1, UploadedBytes = _counters.UploadedBytes + source.Length };
                Queued();
            }

            if (done != 0)
            {
                Await(done);
            }
        }
    }

    /// <summary>Copies bytes from the device, after all that was queued before.</summary>
    public void Read(IDeviceBuffer source, long offset, Span<byte> target)
    {
        nint done;
        fixed (byte* to = target)
        {
            lock (_gate)
            {
                OpenClBuffer from = Live(source, "Read", offset, target.Length);
                if (target.IsEmpty)
                {
                    return;
                }

                int status = _library.EnqueueReadBuffer(_queue, from.Handle, 0, (nuint)offset, (nuint)target.Length, to, 0, null, &done);
                Check(status, "clEnqueueReadBuffer", "a buffer");
                _counters = _counters with { Downloads = _counters.Downloads + 1, DownloadedBytes = _counters.DownloadedBytes + target.Length };
            }

            Await(done);
        }
    }

    /// <summary>Copies bytes between two buffers of this device, or within one between ranges that do not overlap.</summary>
    public void Copy(IDeviceBuffer source, long from, IDeviceBuffer target, long to, long bytes)
    {
        lock (_gate)
        {
            OpenClBuffer first = Live(source, "Copy", from, bytes);
            OpenClBuffer second = Live(target, "Copy", to, bytes);
            if (first == second && Math.Abs(from - to) < bytes)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Copy: {bytes} bytes from {from} to {to} of one buffer overlap; copy through another buffer."), nameof(to));
            }

            if (bytes == 0)
            {
                return;
            }

            int status = _library.EnqueueCopyBuffer(_queue, first.Handle, second.Handle, (nuint)from, (nuint)to, (nuint)bytes, 0, null, null);
            Check(status, "clEnqueueCopyBuffer", "a buffer");
            _counters = _counters with { Copies = _counters.Copies + 1, CopiedBytes = _counters.CopiedBytes + bytes };
            Queued();
        }
    }

    /// <summary>Repeats a pattern of 1, 2, 4 … 128 bytes; offset and bytes must be multiples of its length.</summary>
    public void Fill(IDeviceBuffer target, long offset, long bytes, ReadOnlySpan<byte> pattern)
    {
        if (!System.Numerics.BitOperations.IsPow2(pattern.Length) || pattern.Length > 128 || offset % pattern.Length != 0 || bytes % pattern.Length != 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Fill: the pattern has {pattern.Length} bytes; it must have a power of two up to 128 that divides the offset {offset} and the bytes {bytes}."));
        }

        fixed (byte* first = pattern)
        {
            lock (_gate)
            {
                OpenClBuffer to = Live(target, "Fill", offset, bytes);
                if (bytes == 0)
                {
                    return;
                }

                int status = _library.EnqueueFillBuffer(_queue, to.Handle, first, (nuint)pattern.Length, (nuint)offset, (nuint)bytes, 0, null, null);
                Check(status, "clEnqueueFillBuffer", "a buffer");
                Queued();
            }
        }
    }
}
