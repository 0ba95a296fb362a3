namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The same values on a device, and the gradient back from there; the tensor itself where it is there already. In a function that is being traced all
    /// of a graph runs on one device, and a symbol stays what it is.</summary>
    /// <param name="device">The device.</param>
    /// <exception cref="DeviceException">The device does not compute in Float64, and the tensor is of that type.</exception>
    /// <exception cref="DeviceMemoryException">The device has no room.</exception>
    public Tensor To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (IsSymbolic || (device == Device && (!device.IsCpu || !IsFree)))
        {
            return this;
        }

        ulong levels = Levels & ~GradientScope.Suspended;
        TapeNode? node = levels == 0 ? null : new TapeNode(new Move(Device), [this], levels);
        return device.IsCpu ? new Tensor(Shape, DType, RawData, node) : new Tensor(Shape, DType, MemoryOn(device), node);
    }

    /// <summary>The elements on a device: those that are there, or a copy.</summary>
    internal DeviceMemory MemoryOn(Device device)
    {
        if (Memory?.Device == device)
        {
            return Memory;
        }

        return DType == DType.Float64 && !device.Info.HasFloat64 ? throw device.NoFloat64("To") : device.Upload(RawData);
    }
}
