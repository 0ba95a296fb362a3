namespace ProbNet.Autodiff;

/// <summary>
/// What runs on one device: its context and one queue, whose commands run in the order in which they came. All members may be called from any thread: one
/// lock is held from the setting of a kernel's arguments to its launch, and while the queue is too long to take more. Nothing here allocates managed memory once the
/// programs are built.
/// </summary>
internal sealed unsafe partial class OpenClContext : IDisposable
{
    private const ulong ReadWrite = 1;

    /// <summary>After so many commands the driver is told to begin with them, so that the device works while more are queued.</summary>
    private const int CommandsBeforeFlush = 16;

    /// <summary>At most two times so many commands wait in the queue; a caller that is further ahead waits, so that a driver's queue does not grow.</summary>
    private const int CommandsBeforeMark = 512;

    private readonly OpenClLibrary _library;
    private readonly Lock _gate = new();
    private readonly nint _context;
    private nint _queue;
    private nint _mark;
    private int _commands;
    private bool _isDisposed;
    private OpenClCounters _counters;

    public OpenClContext(OpenClDevice device)
    {
        Device = device;
        _library = device.Library;
        _staging = new OpenClStaging(_library);
        Functions = new(this, RoundsDivisions(device) ? "-cl-fp32-correctly-rounded-divide-sqrt" : "");
        nint* properties = stackalloc nint[] { 0x1084, device.Platform, 0 };
        nint id = device.Id;
        int status;
        _context = _library.CreateContext(properties, 1, &id, 0, 0, &status);
        Check(status, "clCreateContext");
        try
        {
            _queue = CreateQueue(0);
        }
        catch (OpenClException)
        {
            _ = _library.ReleaseContext(_context);
            throw;
        }
    }

    public OpenClDevice Device { get; }

    /// <summary>What is compiled here.</summary>
    public OpenClFunctions Functions { get; }

    public OpenClCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return _counters;
            }
        }
    }

    /// <summary>New memory with undefined contents.</summary>
    /// <exception cref="DeviceMemoryException">The driver has none left.</exception>
    public OpenClBuffer Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        int status;
        nint handle;
        lock (_gate)
        {
            ThrowIfDisposed();
            handle = _library.CreateBuffer(_context, ReadWrite, (nuint)bytes, null, &status);
        }

        return status switch
        {
            OpenClStatus.Success => new OpenClBuffer(this, handle, bytes),
            OpenClStatus.MemObjectAllocationFailure or OpenClStatus.OutOfResources or OpenClStatus.OutOfHostMemory or OpenClStatus.InvalidBufferSize =>
                throw new DeviceMemoryException(FormattableString.Invariant(
                    $"OpenCL: {Device.Name} has no room for a buffer of {bytes} bytes ({OpenClStatus.Name(status)}); its largest has {Device.Info.LargestBuffer}.")),
            _ => throw OpenClException.Of("clCreateBuffer", FormattableString.Invariant($"{bytes} bytes"), Device.Name, status),
        };
    }

    /// <summary>Waits until all that was queued has run.</summary>
    public void Wait()
    {
        nint done;
        lock (_gate)
        {
            ThrowIfDisposed();
            Check(_library.EnqueueMarkerWithWaitList(_queue, 0, null, &done), "clEnqueueMarkerWithWaitList");
        }

        Await(done);
    }

    /// <summary>Tells the driver to begin with what is queued, without waiting for it.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            Check(_library.Flush(_queue), "clFlush");
        }
    }

    /// <summary>Gives a buffer back to the driver; a second time does nothing.</summary>
    public void Release(OpenClBuffer buffer)
    {
        lock (_gate)
        {
            if (buffer.Handle != 0)
            {
                _ = _library.ReleaseMemObject(buffer.Handle);
                buffer.Handle = 0;
            }
        }
    }

    /// <summary>Waits for the queue and gives all programs and the queue back; buffers may be disposed before or after.</summary>
    public void Dispose()
    {
        lock (s_builds)
        {
            lock (_gate)
            {
                if (_isDisposed)
                {
                    return;
                }

                _isDisposed = true;
                nint done;
                if (_library.EnqueueMarkerWithWaitList(_queue, 0, null, &done) == OpenClStatus.Success)
                {
                    _ = _library.WaitForEvents(1, &done);
                    _ = _library.ReleaseEvent(done);
                }

                ForgetMark();
                ForgetProfile();
                _staging.Dispose();
                foreach (OpenClProgramHandles program in _programs)
                {
                    program.Release(_library);
                }

                _programs.Clear();
                _ = _library.ReleaseCommandQueue(_queue);
                _ = _library.ReleaseContext(_context);
            }
        }
    }

    /// <summary>Whether the device can divide and take roots of floats as IEEE 754 says: OpenCL asks for it by an option only.</summary>
    private static bool RoundsDivisions(OpenClDevice device)
    {
        ulong abilities = 0;
        return device.Library.GetDeviceInfo(device.Id, 0x101B, sizeof(ulong), &abilities, null) == OpenClStatus.Success && (abilities & 1 << 7) != 0;
    }

    private nint CreateQueue(ulong properties)
    {
        int status;
        nint queue = _library.CreateCommandQueue(_context, Device.Id, properties, &status);
        Check(status, "clCreateCommandQueue");
        return queue;
    }

    /// <summary>Called under the lock after each command.</summary>
    private void Queued()
    {
        _commands++;
        if (_commands % CommandsBeforeFlush == 0)
        {
            Check(_library.Flush(_queue), "clFlush");
        }

        if (_commands % CommandsBeforeMark == 0)
        {
            nint mark;
            Check(_library.EnqueueMarkerWithWaitList(_queue, 0, null, &mark), "clEnqueueMarkerWithWaitList");
            nint before = _mark;
            _mark = mark;
            if (before != 0)
            {
                Await(before);
            }
        }
    }

    private void ForgetMark()
    {
        if (_mark != 0)
        {
            _ = _library.ReleaseEvent(_mark);
            _mark = 0;
        }
    }

    /// <summary>Waits for an event and releases it.</summary>
    private void Await(nint done)
    {
        int status = _library.WaitForEvents(1, &done);
        _ = _library.ReleaseEvent(done);
        Check(status, "clWaitForEvents");
    }

    /// <summary>A buffer of this context that is alive and has the bytes of a range. Called under the lock, which keeps it alive.</summary>
    private OpenClBuffer Live(IDeviceBuffer buffer, string call, long offset, long bytes)
    {
        OpenClBuffer own = Own(buffer, call);
        if (offset < 0 || bytes < 0 || offset > own.Bytes - bytes)
        {
            throw new ArgumentOutOfRangeException(nameof(buffer), FormattableString.Invariant(
                $"{call}: bytes {offset} to {offset + bytes} are not all in a buffer of {own.Bytes} bytes."));
        }

        return own;
    }

    private OpenClBuffer Own(IDeviceBuffer buffer, string call)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ThrowIfDisposed();
        if (buffer is not OpenClBuffer own)
        {
            throw new ArgumentException($"{call}: the buffer is of another back end ({buffer.GetType().Name}); {Device.Name} takes OpenCL's.", nameof(buffer));
        }

        if (own.Context != this)
        {
            throw new ArgumentException($"{call}: the buffer is on {own.Context.Device.Name}, the command runs on {Device.Name}.", nameof(buffer));
        }

        return own.Handle != 0 ? own : throw new ObjectDisposedException(
            nameof(OpenClBuffer), FormattableString.Invariant($"{call}: the buffer of {own.Bytes} bytes on {Device.Name} was disposed before."));
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    private void Check(int status, string call, string about = "")
    {
        if (status != OpenClStatus.Success)
        {
            throw OpenClException.Of(call, about, Device.Name, status);
        }
    }
}
