namespace ProbNet.Autodiff;

/// <summary>
/// Memory that a tensor or graph holds on a device. It goes back to the pool when nothing refers to it any more: there is nothing to dispose. The finalizer only
/// enqueues it; the driver is never called from there.
/// </summary>
internal sealed class DeviceMemory(Device device, IDeviceBuffer buffer)
{
    ~DeviceMemory() => Device.Release(Buffer);

    public Device Device { get; } = device;

    public IDeviceBuffer Buffer { get; } = buffer;

    /// <summary>All of it, from the first byte.</summary>
    public BufferSlice Slice => new(Buffer, 0);
}
