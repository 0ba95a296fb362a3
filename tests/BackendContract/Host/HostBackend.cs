using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>
/// The whole of <see cref="IBackend"/> in plain C#, over arrays of bytes: an example for authors of adapters, and the reference that their kernels are compared with.
/// It says what each kernel computes, by loops over single elements.
/// </summary>
public sealed class HostBackend : IBackend
{
    // New memory holds anything; a byte that shows in results when it is read before it is written.
    private const byte Garbage = 0xA5;

    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public DeviceInfo Info { get; } = new(
        "Host", "ProbNet", "1", DeviceKind.Cpu, Memory: 1L << 30, LargestBuffer: 1L << 30, LocalMemory: 1 << 15, MaxWorkGroup: 1, ComputeUnits: 1, HasFloat64: true);

    /// <inheritdoc/>
    public IDeviceBuffer Allocate(long bytes)
    {
        if (bytes > Info.LargestBuffer)
        {
            throw new DeviceMemoryException($"{Info.Name}: {bytes} bytes are more than one allocation may have, {Info.LargestBuffer}.");
        }

        var buffer = new HostBuffer(bytes);
        buffer.Data.AsSpan().Fill(Garbage);
        return buffer;
    }

    /// <inheritdoc/>
    public void Write(IDeviceBuffer target, long offset, ReadOnlySpan<byte> source)
    {
        lock (_lock)
        {
            source.CopyTo(Part(target, offset, source.Length));
        }
    }

    /// <inheritdoc/>
    public void Read(IDeviceBuffer source, long offset, Span<byte> target)
    {
        lock (_lock)
        {
            Part(source, offset, target.Length).CopyTo(target);
        }
    }

    /// <inheritdoc/>
    public void Copy(IDeviceBuffer source, long from, IDeviceBuffer target, long to, long bytes)
    {
        lock (_lock)
        {
            Part(source, from, bytes).CopyTo(Part(target, to, bytes));
        }
    }

    /// <inheritdoc/>
    public IDeviceKernel? Compile(Kernel kernel) => kernel switch
    {
        MapKernel map => new HostKernel(map.Name, (arguments, numbers) => HostLoops.Run(map, arguments, numbers)),
        ReduceKernel reduce => new HostKernel(reduce.Name, (arguments, numbers) => HostLoops.Run(reduce, arguments, numbers)),
        MatrixProductKernel product => new HostKernel(product.Name, (arguments, numbers) => HostLoops.Run(product, arguments, numbers)),
        GatherKernel gather => new HostKernel(gather.Name, (arguments, _) => HostIndexing.Run(gather, arguments)),
        ScatterAddKernel scatter => new HostKernel(scatter.Name, (arguments, _) => HostIndexing.Run(scatter, arguments)),
        ScanKernel scan => new HostKernel(scan.Name, (arguments, _) => HostIndexing.Run(scan, arguments)),
        SortKernel sort => new HostKernel(sort.Name, (arguments, _) => HostIndexing.Run(sort, arguments)),
        RandomKernel random => new HostKernel(random.Name, (arguments, _) => HostRandom.Run(random, arguments)),
        _ => null,
    };

    /// <inheritdoc/>
    public void Launch(IDeviceKernel kernel, ReadOnlySpan<BufferSlice> buffers, ReadOnlySpan<double> numbers)
    {
        var arguments = new HostArgument[buffers.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = new(((HostBuffer)buffers[i].Buffer).Data, buffers[i].Offset);
        }

        lock (_lock)
        {
            ((HostKernel)kernel).Run(arguments, numbers.ToArray());
        }
    }

    /// <inheritdoc/>
    public void Wait()
    {
        // Every call has done its work when it returns.
    }

    private static Span<byte> Part(IDeviceBuffer buffer, long offset, long bytes) => ((HostBuffer)buffer).Data.AsSpan((int)offset, (int)bytes);

    private sealed record HostKernel(string Name, Action<HostArgument[], double[]> Run) : IDeviceKernel;

    private sealed class HostBuffer(long bytes) : IDeviceBuffer
    {
        private byte[]? _data = new byte[bytes];

        public byte[] Data => _data ?? throw new ObjectDisposedException(nameof(HostBuffer));

        public long Bytes => Data.Length;

        public void Dispose() => _data = null;
    }
}
