using System.Collections.Concurrent;

namespace ProbNet.Autodiff;

internal sealed unsafe partial class OpenClContext
{
    private const ulong ProfilingEnabled = 2;

    /// <summary>So many events of a profile are kept before their times are taken.</summary>
    private const int EventsBeforeReading = 4096;

    // One for the process: PoCL's compiler loses its temporary files when two contexts build at once.
    private static readonly Lock s_builds = new();

    private readonly HashSet<OpenClProgramHandles> _programs = [];
    private readonly ConcurrentQueue<OpenClProgramHandles> _unused = new();
    private Dictionary<string, (int Count, long Nanoseconds)>? _profile;
    private List<(string Name, nint Done)>? _events;

    /// <summary>How many programs the driver holds.</summary>
    public int LivePrograms
    {
        get
        {
            lock (s_builds)
            {
                ReleaseUnused();
                return _programs.Count;
            }
        }
    }

    /// <summary>Compiles a program. It goes back to the driver some time after nothing refers to it or its kernels any more.</summary>
    /// <param name="source">OpenCL C 1.2.</param>
    /// <param name="options">Options of the compiler, such as <c>-D N=4</c>, beside the language's version.</param>
    /// <exception cref="OpenClException">It does not compile: the message has the compiler's words and the lines that they are about.</exception>
    public OpenClProgram Build(string source, string options = "")
    {
        lock (s_builds)
        {
            ThrowIfDisposed();
            ReleaseUnused();
            OpenClProgram program = OpenClProgram.Compile(this, _context, source, options);
            _programs.Add(program.Handles);
            lock (_gate)
            {
                _counters = _counters with { Programs = _counters.Programs + 1 };
            }

            return program;
        }
    }

    /// <summary>Queues a kernel. No items are no launch.</summary>
    /// <param name="kernel">A kernel of a program of this context.</param>
    /// <param name="arguments">All its arguments, in order.</param>
    /// <param name="global">The items; along each axis a multiple of the group's.</param>
    /// <param name="local">The items of one group; the driver chooses where none is given.</param>
    /// <param name="name">The name in profiles; null for the kernel's own.</param>
    public void Launch(OpenClKernel kernel, ReadOnlySpan<OpenClArgument> arguments, WorkSize global, WorkSize local = default, string? name = null)
    {
        kernel.Require(this, arguments.Length, global, local);
        if (global.Items == 0)
        {
            return;
        }

        nuint* items = stackalloc nuint[] { (nuint)global.X, (nuint)global.Y, (nuint)global.Z };
        nuint* group = stackalloc nuint[] { (nuint)local.X, (nuint)local.Y, (nuint)local.Z };
        uint axes = global.Z > 1 || local.Z > 1 ? 3u : global.Y > 1 || local.Y > 1 ? 2u : 1u;
        lock (_gate)
        {
            ThrowIfDisposed();
            for (int i = 0; i < arguments.Length; i++)
            {
                SetArgument(kernel, i, in arguments[i]);
            }

            nint done = 0;
            int status = _library.EnqueueNdRangeKernel(
                _queue, kernel.Handle, axes, null, items, local == default ? null : group, 0, null, _profile is null ? null : &done);
            if (status != OpenClStatus.Success)
            {
                throw OpenClException.Of("clEnqueueNDRangeKernel", $"kernel '{kernel.Name}' over {global} in groups of {local}", Device.Name, status);
            }

            _counters = _counters with { Launches = _counters.Launches + 1 };
            if (_profile is not null)
            {
                Record(name ?? kernel.Name, done);
            }

            Queued();
        }

        // The finalizer of its program must not release it before.
        GC.KeepAlive(kernel);
    }

    /// <summary>Takes a program that nothing refers to any more; called by finalizers.</summary>
    public void Forget(OpenClProgramHandles program) => _unused.Enqueue(program);

    /// <summary>Begins to take the time of every launch: waits for the queue and goes on in one that measures.</summary>
    public void StartProfile()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_profile is null)
            {
                ChangeQueue(ProfilingEnabled);
                _profile = [];
                _events = [];
            }
        }
    }

    /// <summary>Ends what <see cref="StartProfile"/> began: the time on the device of each kernel, the longest first; empty where none was begun.</summary>
    public IReadOnlyList<(string Kernel, int Count, TimeSpan Total)> StopProfile()
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_profile is not { } profile)
            {
                return [];
            }

            ReadEvents();
            ChangeQueue(0);
            _profile = null;
            _events = null;
            return [.. profile.Select(of => (of.Key, of.Value.Count, TimeSpan.FromMicroseconds(of.Value.Nanoseconds / 1e3))).OrderByDescending(row => row.Item3)];
        }
    }

    private void ReleaseUnused()
    {
        while (_unused.TryDequeue(out OpenClProgramHandles? program))
        {
            if (_programs.Remove(program))
            {
                program.Release(_library);
            }
        }
    }

    private void ChangeQueue(ulong properties)
    {
        nint next = CreateQueue(properties);
        nint done;
        Check(_library.EnqueueMarkerWithWaitList(_queue, 0, null, &done), "clEnqueueMarkerWithWaitList");
        Await(done);
        ForgetMark();
        _ = _library.ReleaseCommandQueue(_queue);
        _queue = next;
    }

    private void Record(string name, nint done)
    {
        _events!.Add((name, done));
        if (_events.Count == EventsBeforeReading)
        {
            ReadEvents();
        }
    }

    /// <summary>Waits for the launches that were recorded and adds their times.</summary>
    private void ReadEvents()
    {
        Dictionary<string, (int Count, long Nanoseconds)> profile = _profile!;
        List<(string Name, nint Done)> events = _events!;
        foreach ((string name, nint recorded) in events)
        {
            nint done = recorded;
            Check(_library.WaitForEvents(1, &done), "clWaitForEvents");
            ulong start = 0;
            ulong end = 0;
            Check(_library.GetEventProfilingInfo(done, 0x1282, sizeof(ulong), &start, null), "clGetEventProfilingInfo");
            Check(_library.GetEventProfilingInfo(done, 0x1283, sizeof(ulong), &end, null), "clGetEventProfilingInfo");
            _ = _library.ReleaseEvent(done);
            (int count, long nanoseconds) = profile.GetValueOrDefault(name);
            profile[name] = (count + 1, nanoseconds + (long)(end - start));
        }

        events.Clear();
    }

    private void ForgetProfile()
    {
        foreach ((_, nint done) in _events ?? [])
        {
            _ = _library.ReleaseEvent(done);
        }

        _events = null;
        _profile = null;
    }

    private void SetArgument(OpenClKernel kernel, int index, in OpenClArgument argument)
    {
        nint memory;
        ulong bits = argument.Bits;
        int status;
        switch (argument.Kind)
        {
            case OpenClArgumentKind.Buffer:
                memory = Own(argument.Memory!, kernel.Name).Handle;
                status = _library.SetKernelArg(kernel.Handle, (uint)index, (nuint)sizeof(nint), &memory);
                break;
            case OpenClArgumentKind.Number:
                status = _library.SetKernelArg(kernel.Handle, (uint)index, (nuint)argument.Bytes, &bits);
                break;
            case OpenClArgumentKind.Local:
                status = _library.SetKernelArg(kernel.Handle, (uint)index, (nuint)argument.Bytes, null);
                break;
            default:
                throw new ArgumentException(FormattableString.Invariant($"{kernel.Name}: argument {index} was not given."));
        }

        if (status != OpenClStatus.Success)
        {
            string what = FormattableString.Invariant($"argument {index} of kernel '{kernel.Name}', a {argument.Kind} of {argument.Bytes} bytes");
            throw OpenClException.Of("clSetKernelArg", what, Device.Name, status);
        }
    }
}
