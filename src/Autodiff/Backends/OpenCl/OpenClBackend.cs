using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>
/// An OpenCL device as a back end: prints the text of each description in OpenCL C 1.2, compiles it once, before its first launch, and launches it with the sizes as
/// arguments, so that all descriptions of one structure share one compiled text.
/// </summary>
internal sealed class OpenClBackend : IBackend, IProfiler, IDisposable
{
    /// <summary>Bytes of arguments that every device takes.</summary>
    private const int ArgumentBytes = 1024;

    [ThreadStatic]
    private static OpenClArgument[]? t_arguments;

    private readonly OpenClContext _context;

    // Held while the stages of a kernel that has scratch memory are queued: the next such kernel writes to the same memory.
    private readonly Lock _scratchGate = new();
    private OpenClBuffer? _scratch;

    /// <param name="device">The device; all back ends of one share its queue.</param>
    /// <param name="style">The form of its kernels; by default the one for its kind.</param>
    public OpenClBackend(OpenClDevice device, OpenClBackendStyle? style = null)
    {
        _context = device.Context;
        Info = device.Info;
        Style = style ?? (Info.Kind == DeviceKind.Cpu ? OpenClBackendStyle.Processor : OpenClBackendStyle.Graphics);
    }

    public DeviceInfo Info { get; }

    public OpenClBackendStyle Style { get; }

    /// <summary>What the device has done so far.</summary>
    public OpenClCounters Counters => _context.Counters;

    public IDeviceBuffer Allocate(long bytes) => _context.Allocate(bytes);

    public void Write(IDeviceBuffer target, long offset, ReadOnlySpan<byte> source) => _context.Write(target, offset, source);

    public void Read(IDeviceBuffer source, long offset, Span<byte> target) => _context.Read(source, offset, target);

    public void Copy(IDeviceBuffer source, long from, IDeviceBuffer target, long to, long bytes) => _context.Copy(source, from, target, to, bytes);

    public void Wait() => _context.Wait();

    /// <inheritdoc/>
    /// <remarks>Null for Float64 on a device without it, for 2³¹ elements or more, and for more arguments than a kernel can take.</remarks>
    public IDeviceKernel? Compile(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (OpenClSource.Plan(kernel, Style, Info) is not { } plan
            || plan.Stages.Any(stage => stage.Arguments.Length * sizeof(long) > ArgumentBytes)
            || (!Info.HasFloat64 && plan.Stages.Any(stage => stage.Text.UsesFloat64)))
        {
            return null;
        }

        ImmutableArray<OpenClFunction> functions = [.. plan.Stages.Select(stage => _context.Functions.Get(stage.Text))];
        Reserve(plan.ScratchBytes);
        (int buffers, int numbers) = OpenClSource.Arguments(kernel);
        return new OpenClBackendKernel(kernel.Name, this, buffers, numbers, plan, functions);
    }

    public void Launch(IDeviceKernel kernel, ReadOnlySpan<BufferSlice> buffers, ReadOnlySpan<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (kernel is not OpenClBackendKernel own || own.Backend != this)
        {
            throw new ArgumentException($"{kernel.Name}: the kernel was compiled by another back end; compile it on {Info.Name}.", nameof(kernel));
        }

        if (buffers.Length != own.Buffers || numbers.Length < own.Numbers)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{own.Name}: {buffers.Length} buffers and {numbers.Length} numbers for a kernel that takes {own.Buffers} and {own.Numbers}."), nameof(buffers));
        }

        own.Compiled ??= [.. own.Functions.Select(_context.Functions.Kernel)];
        if (own.Plan.ScratchBytes == 0)
        {
            Launch(own, buffers, numbers, null);
            return;
        }

        lock (_scratchGate)
        {
            Launch(own, buffers, numbers, _scratch);
        }
    }

    public void StartProfile() => _context.StartProfile();

    public IReadOnlyList<KernelTime> StopProfile() => [.. _context.StopProfile().Select(row => new KernelTime(row.Kernel, row.Count, row.Total))];

    /// <summary>Gives the scratch memory back; the device stays.</summary>
    public void Dispose()
    {
        lock (_scratchGate)
        {
            _scratch?.Dispose();
            _scratch = null;
        }
    }

    private void Launch(OpenClBackendKernel kernel, ReadOnlySpan<BufferSlice> buffers, ReadOnlySpan<double> numbers, IDeviceBuffer? scratch)
    {
        OpenClKernel[] functions = kernel.Compiled!;
        for (int s = 0; s < functions.Length; s++)
        {
            OpenClBackendStage stage = kernel.Plan.Stages[s];
            int count = stage.Arguments.Length;
            OpenClArgument[] arguments = t_arguments is { } kept && kept.Length >= count ? kept : t_arguments = new OpenClArgument[Math.Max(count, 64)];
            for (int i = 0; i < count; i++)
            {
                arguments[i] = stage.Arguments[i].Resolve(buffers, numbers, scratch);
            }

            _context.Launch(functions[s], arguments.AsSpan(0, count), stage.Global, stage.Local, kernel.Name);
            arguments.AsSpan(0, count).Clear();
        }
    }

    private void Reserve(long bytes)
    {
        lock (_scratchGate)
        {
            if (bytes > (_scratch?.Bytes ?? 0))
            {
                OpenClBuffer next = _context.Allocate(bytes);
                _scratch?.Dispose();
                _scratch = next;
            }
        }
    }
}
