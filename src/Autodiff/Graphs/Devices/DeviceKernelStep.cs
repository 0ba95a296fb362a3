namespace ProbNet.Autodiff;

/// <summary>The launch of a kernel. Allocates nothing.</summary>
/// <param name="device">The device.</param>
/// <param name="kernel">The kernel.</param>
/// <param name="locations">Its memory.</param>
/// <param name="numbers">The numbers of a launch that is given none.</param>
internal sealed class DeviceKernelStep(Device device, IDeviceKernel kernel, DeviceLocation[] locations, double[] numbers) : DeviceStep
{
    private readonly BufferSlice[] _buffers = new BufferSlice[locations.Length];

    public override void Run() => Run(numbers);

    /// <summary>Launches the kernel with numbers.</summary>
    public void Run(ReadOnlySpan<double> given)
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            _buffers[i] = locations[i].Slice;
        }

        device.Launch(kernel, _buffers, given);
    }
}
