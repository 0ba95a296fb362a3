namespace ProbNet.Autodiff;

/// <summary>
/// What a device must do so that tensors can live and compute on it: hold bytes, and run kernels that are given by description. Everything else is built
/// on these members: memory pools, graphs, gradients, training.
/// </summary>
/// <remarks>
/// <para>All work of a back end happens in the order of the calls, as if at once: reads see the writes and launches before them. A call returns when the work is queued;
/// <see cref="Read"/> and <see cref="Wait"/> return when it is done. Members may be called from several threads at once.</para>
/// <para>The contract tests in <c>tests/BackendContract</c> show whether an implementation keeps to this.</para>
/// </remarks>
public interface IBackend
{
    /// <summary>What the device is and can.</summary>
    DeviceInfo Info { get; }

    /// <summary>New memory with undefined contents.</summary>
    /// <param name="bytes">Its size, above 0.</param>
    /// <exception cref="DeviceMemoryException">The device has no room for it.</exception>
    IDeviceBuffer Allocate(long bytes);

    /// <summary>Copies bytes from the host. They may be changed as soon as the call returns.</summary>
    /// <param name="target">Where they go.</param>
    /// <param name="offset">The first byte there.</param>
    /// <param name="source">The bytes.</param>
    void Write(IDeviceBuffer target, long offset, ReadOnlySpan<byte> source);

    /// <summary>Copies bytes to the host, after all work that was queued before.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="offset">The first byte there.</param>
    /// <param name="target">Where they go.</param>
    void Read(IDeviceBuffer source, long offset, Span<byte> target);

    /// <summary>Copies bytes on the device. The two regions do not overlap.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="from">The first byte there.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="to">The first byte there.</param>
    /// <param name="bytes">How many.</param>
    void Copy(IDeviceBuffer source, long from, IDeviceBuffer target, long to, long bytes);

    /// <summary>Makes a kernel ready to launch; null if the device cannot run it, and its operation goes through the host.</summary>
    /// <param name="kernel">What it computes.</param>
    IDeviceKernel? Compile(Kernel kernel);

    /// <summary>Runs a kernel.</summary>
    /// <param name="kernel">A kernel of this back end.</param>
    /// <param name="buffers">Its memory, in the order that the description says.</param>
    /// <param name="numbers">The numbers that its programs ask for.</param>
    void Launch(IDeviceKernel kernel, ReadOnlySpan<BufferSlice> buffers, ReadOnlySpan<double> numbers);

    /// <summary>Returns when all work that was queued is done.</summary>
    void Wait();
}
