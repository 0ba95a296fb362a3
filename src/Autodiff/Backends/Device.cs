using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Where tensors live and operations run: the processor, or a device behind an <see cref="IBackend"/>. Tensors are moved with <see cref="Tensor.To"/>, models with
/// <c>model.To(device)</c>; what is computed from tensors of a device stays there. Numbers, and tensors made of numbers alone
/// (<see cref="Tensor.Zeros"/>, <see cref="Tensor.Arange(int, DType)"/>, random draws), go where they are needed; other tensors of different devices do not mix.
/// </summary>
public sealed class Device
{
    // Operations whose kernels are kept; all are forgotten when there are more.
    private const int MostCompiled = 4096;

    private static readonly Lazy<IReadOnlyList<Device>> s_openCl = new(FindOpenCl);

    private readonly Lazy<IBackend>? _backend;
    private readonly DeviceMemoryPool? _pool;
    private readonly ConcurrentDictionary<EagerCall, CompiledOp?> _compiled = new();

    // Graphs with plans here.
    private readonly ConditionalWeakTable<Graph, object?> _graphs = [];
    private long _uploads, _uploadedBytes, _downloads, _downloadedBytes, _launches, _hostOperations, _kernels;

    private Device(string name, DeviceInfo info) => (Name, Info) = (name, info);

    /// <summary>Makes a device of a back end of your own.</summary>
    /// <param name="name">The name that it has in messages: "metal:0".</param>
    /// <param name="backend">The back end.</param>
    public Device(string name, IBackend backend) : this(name, (backend ?? throw new ArgumentNullException(nameof(backend))).Info, () => backend)
    {
    }

    private Device(string name, DeviceInfo info, Func<IBackend> backend) : this(name, info)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _backend = new Lazy<IBackend>(backend);
        _pool = new DeviceMemoryPool(bytes => _backend.Value.Allocate(bytes), name, DeviceMemoryPool.DefaultBudget(info.Kind, info.Memory), info.LargestBuffer);
    }

    /// <summary>The processor: always there, and the default.</summary>
    public static Device Cpu { get; } = new("cpu", new DeviceInfo(
        "CPU", "", RuntimeInformation.ProcessArchitecture.ToString(), DeviceKind.Cpu, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, 0, 1, Environment.ProcessorCount, HasFloat64: true));

    /// <summary>All devices that are there: the processor, then those of OpenCL. A missing library or driver leaves the processor alone, and is no error.</summary>
    public static IReadOnlyList<Device> All => [Cpu, .. s_openCl.Value];

    /// <summary>The name: "cpu", "opencl:0".</summary>
    public string Name { get; }

    /// <summary>What the device is and can.</summary>
    public DeviceInfo Info { get; }

    /// <summary>Whether this is the processor, whose memory is the host's.</summary>
    public bool IsCpu => _backend is null;

    /// <summary>
    /// The most bytes that tensors and graphs may hold at once. When they would hold more, unreachable tensors are collected first; then
    /// <see cref="DeviceMemoryException"/> is thrown.
    /// </summary>
    /// <exception cref="DeviceException">The device is the processor, whose memory the garbage collector limits.</exception>
    public long MemoryBudget
    {
        get => Pool.Budget;
        set => Pool.Budget = value;
    }

    /// <summary>What the device has done so far; of the processor nothing is counted.</summary>
    public DeviceStatistics Statistics => _pool is null ? default : new(
        Read(ref _launches), Read(ref _uploads), Read(ref _uploadedBytes), Read(ref _downloads), Read(ref _downloadedBytes), Read(ref _hostOperations), Read(ref _kernels),
        _pool.LiveBytes, _pool.PooledBytes, _pool.PeakBytes);

    internal IBackend Backend => _backend?.Value ?? throw OfCpu();

    private DeviceMemoryPool Pool => _pool ?? throw OfCpu();

    /// <summary>An OpenCL device by its number in <see cref="All"/>.</summary>
    /// <param name="index">0 for the first.</param>
    /// <exception cref="DeviceException">There is no such device: the message lists what there is.</exception>
    public static Device OpenCl(int index = 0) => index >= 0 && index < s_openCl.Value.Count
        ? s_openCl.Value[index]
        : throw new DeviceException(FormattableString.Invariant($"Device.OpenCl: there is no device {index}; {Found()}"));

    /// <summary>The device of a name: "cpu", "opencl:0".</summary>
    /// <exception cref="DeviceException">There is no such device: the message lists what there is.</exception>
    public static Device Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(device => string.Equals(device.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new DeviceException($"Device.Parse: there is no device '{name}'; {Found()}");
    }

    /// <summary>Returns when all work that was queued on the device is done.</summary>
    public void Synchronize() => _backend?.Value.Wait();

    /// <inheritdoc/>
    public override string ToString() => IsCpu ? Name : $"{Name} ({Info.Name})";

    /// <summary>Memory for elements, at least one byte of it.</summary>
    internal DeviceMemory Allocate(long bytes) => new(this, Pool.Rent(Math.Max(1, bytes)));

    /// <summary>Takes memory back that nothing refers to any more; called by finalizers.</summary>
    internal void Release(IDeviceBuffer buffer) => _pool!.Return(buffer);

    /// <summary>Copies bytes to the device.</summary>
    internal void Write(IDeviceBuffer target, long offset, ReadOnlySpan<byte> source)
    {
        Interlocked.Increment(ref _uploads);
        Interlocked.Add(ref _uploadedBytes, source.Length);
        Backend.Write(target, offset, source);
    }

    /// <summary>Copies bytes from the device, after all that was queued.</summary>
    internal void Read(IDeviceBuffer source, long offset, Span<byte> target)
    {
        Interlocked.Increment(ref _downloads);
        Interlocked.Add(ref _downloadedBytes, target.Length);
        Backend.Read(source, offset, target);
    }

    /// <summary>Runs a kernel.</summary>
    internal void Launch(IDeviceKernel kernel, ReadOnlySpan<BufferSlice> buffers, ReadOnlySpan<double> numbers)
    {
        Interlocked.Increment(ref _launches);
        Backend.Launch(kernel, buffers, numbers);
    }

    /// <summary>Notes that a graph has a plan here.</summary>
    internal void Add(Graph graph) => _graphs.TryAdd(graph, null);

    /// <summary>Takes a parameter's leave: plans that need it here are forgotten.</summary>
    internal void Leave()
    {
        foreach ((Graph graph, _) in _graphs)
        {
            graph.Leave(this);
        }
    }

    /// <summary>Counts an operation that went through the host.</summary>
    internal void CountHostOperation() => Interlocked.Increment(ref _hostOperations);

    /// <summary>Makes a kernel ready; null if the device cannot run it.</summary>
    internal IDeviceKernel? Compile(Kernel kernel)
    {
        Interlocked.Increment(ref _kernels);
        return Backend.Compile(kernel);
    }

    /// <summary>Elements on the device.</summary>
    internal DeviceMemory Upload(Array values)
    {
        DeviceMemory memory = Allocate(Buffer.ByteLength(values));
        ReadOnlySpan<byte> bytes = Elements.Bytes(values, 0, values.Length);
        if (bytes.Length > 0)
        {
            Write(memory.Buffer, 0, bytes);
        }

        return memory;
    }

    /// <summary>Elements on the host.</summary>
    internal Array Download(DeviceMemory memory, TensorType type)
    {
        Array values = type.DType.Allocate(type.Shape.Size);
        if (values.Length > 0)
        {
            Read(memory.Buffer, 0, Elements.Bytes(values, 0, values.Length));
        }

        GC.KeepAlive(memory);
        return values;
    }

    /// <summary>Computes an operation whose inputs are here, or belong nowhere.</summary>
    internal DeviceMemory Evaluate(Op op, Tensor[] inputs, TensorType type)
    {
        if (type.DType == DType.Float64 && !Info.HasFloat64)
        {
            throw NoFloat64(op.Name);
        }

        if (op.Known?.Memory is { } known && known.Device == this)
        {
            return known;
        }

        op.CheckValues(inputs);
        if (op is Reshape or Identity or StopGradient)
        {
            return inputs[0].Memory!;
        }

        var call = new EagerCall(op, inputs);
        if (!_compiled.TryGetValue(call, out CompiledOp? compiled))
        {
            compiled = CompiledOp.TryCompile(this, op, call, type);
            if (op is not KeyedOp and not CustomOp)
            {
                if (_compiled.Count >= MostCompiled)
                {
                    _compiled.Clear();
                }

                _compiled[call] = compiled;
            }
        }

        if (compiled is not null)
        {
            return compiled.Run(this, inputs);
        }

        CountHostOperation();
        return Upload(op.Evaluate(inputs, type));
    }

    /// <summary>The error of Float64 on a device without it.</summary>
    internal DeviceException NoFloat64(string what) => new(
        $"{what}: {this} does not compute in Float64; use Float32 (Cast(DType.Float32), or a model of that type), or another device.");

    private static IReadOnlyList<Device> FindOpenCl() =>
        [.. OpenClPlatforms.Devices.Select((found, i) => new Device(FormattableString.Invariant($"opencl:{i}"), found.Info, () => new OpenClBackend(found)))];

    private static string Found()
    {
        string found = $"found: {string.Join(", ", All.Select(device => device.ToString()))}.";
        return s_openCl.Value.Count > 0 ? found
            : $"{found} No OpenCL device: {OpenClPlatforms.Absence}. On Debian, pocl-opencl-icd and ocl-icd-libopencl1 make one of the processor.";
    }

    private static long Read(ref long counter) => Interlocked.Read(ref counter);

    private static DeviceException OfCpu() => new("Device.Cpu: the processor has no memory of its own; its tensors are managed by the garbage collector.");
}
