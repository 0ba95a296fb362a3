namespace ProbNet.Autodiff;

/// <summary>The launch of a kernel. Allocates nothing.</summary>
/// <param name="device">The device.</param>
/// <param name="kernel">The kernel.</param>
/// <param name="locations">Its memory.</param>
internal sealed class DeviceKernelStep(Device device, IDeviceKernel kernel, DeviceLocation[] locations) : DeviceStep
{
    private readonly BufferSlice[] _buffers = new BufferSlice[locations.Length];

    public override void Run() => Run([]);

    /// <summary>Launches the kernel with numbers.</summary>
    public void Run(ReadOnlySpan<double> numbers)
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            _buffers[i] = locations[i].Slice;
        }

        device.Launch(kernel, _buffers, numbers);
    }
}
