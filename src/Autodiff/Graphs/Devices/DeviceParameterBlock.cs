namespace ProbNet.Autodiff;

/// <summary>
/// Parameters that are changed together, as one region of a device's memory. While a compiled step has changed them, this is where their values are; they become tensors when
/// somebody reads them.
/// </summary>
internal sealed class DeviceParameterBlock : IParameterStore
{
    private readonly Device _device;
    private readonly long[] _versions;
    private readonly List<DeviceOptimizerState> _states = [];

    public DeviceParameterBlock(Device device, IReadOnlyList<Parameter> parameters)
    {
        _device = device;
        Layout = new FlatLayout(parameters);
        ElementBytes = parameters[0].DType.ByteSize();
        Segment = new DeviceSegment(AllocateZeros());
        _versions = new long[parameters.Count];
        Array.Fill(_versions, -1);
    }

    /// <summary>Where each parameter is.</summary>
    public FlatLayout Layout { get; }

    public int ElementBytes { get; }

    public Device Device => _device;

    /// <summary>The values.</summary>
    public DeviceSegment Segment { get; }

    /// <summary>Whether this is the block of some parameters on a device.</summary>
    public bool Serves(Device device, IReadOnlyList<Parameter> parameters) => device == _device && parameters.SequenceEqual(Layout.Parameters);

    /// <summary>The offset of a parameter in bytes; null if it is not in this block.</summary>
    public long? OffsetOf(Parameter parameter) => Layout.ByteOffsetOf(parameter);

    /// <summary>Whether the parameters are still on the device.</summary>
    public bool IsInUse => Layout.Parameters.All(parameter => parameter.Device == _device);

    /// <summary>The states of the optimizers that step the block.</summary>
    public IReadOnlyList<DeviceOptimizerState> States => _states;

    /// <summary>What an optimizer keeps here for the block.</summary>
    public DeviceOptimizerState StateOf(Optimizer optimizer)
    {
        DeviceOptimizerState? state = _states.Find(state => state.Optimizer == optimizer);
        if (state is null)
        {
            state = new DeviceOptimizerState(_device, optimizer, Layout);
            _states.Add(state);
        }

        return state;
    }

    /// <summary>Memory in the layout of the block, zeros.</summary>
    public DeviceMemory AllocateZeros()
    {
        DeviceMemory memory = _device.Allocate((long)Layout.Length * ElementBytes);
        _device.Write(memory.Buffer, 0, new byte[(long)Layout.Length * ElementBytes]);
        return memory;
    }

    /// <summary>Takes over values that were set from outside.</summary>
    public void Load()
    {
        for (int i = 0; i < _versions.Length; i++)
        {
            Parameter parameter = Layout.Parameters[i];
            if (parameter.Version != _versions[i])
            {
                DeviceMemory value = parameter.Current.MemoryOn(_device);
                long bytes = (long)parameter.Shape.Size * ElementBytes;
                if (bytes > 0)
                {
                    _device.Backend.Copy(value.Buffer, 0, Segment.Start.Buffer, OffsetOf(parameter)!.Value, bytes);
                }

                GC.KeepAlive(value);
                _versions[i] = parameter.Version;
            }
        }
    }

    /// <summary>Notes that the values have changed.</summary>
    public void Advance()
    {
        for (int i = 0; i < _versions.Length; i++)
        {
            _versions[i] = Layout.Parameters[i].MoveTo(this);
        }
    }

    public Tensor Snapshot(Parameter parameter)
    {
        long bytes = (long)parameter.Shape.Size * ElementBytes;
        DeviceMemory copy = _device.Allocate(bytes);
        if (bytes > 0)
        {
            _device.Backend.Copy(Segment.Start.Buffer, OffsetOf(parameter)!.Value, copy.Buffer, 0, bytes);
        }

        return new Tensor(parameter.Shape, parameter.DType, copy);
    }

    public unsafe void CopyTo(Parameter parameter, byte* to) =>
        _device.Read(Segment.Start.Buffer, OffsetOf(parameter)!.Value, new Span<byte>(to, parameter.Shape.Size * ElementBytes));
}
