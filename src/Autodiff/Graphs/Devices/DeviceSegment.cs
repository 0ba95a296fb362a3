namespace ProbNet.Autodiff;

/// <summary>A region of a device's memory that values of a plan lie in; where it is may change from call to call.</summary>
internal sealed class DeviceSegment
{
    private DeviceMemory? _memory;

    public DeviceSegment()
    {
    }

    public DeviceSegment(DeviceMemory memory) => Bind(memory);

    /// <summary>The first byte.</summary>
    public BufferSlice Start { get; private set; }

    /// <summary>Makes it some memory, which it keeps from being released.</summary>
    public void Bind(DeviceMemory memory)
    {
        _memory = memory;
        Start = memory.Slice;
    }

    /// <summary>No longer keeps its memory from being released: it is bound anew before it is used again.</summary>
    public void Release() => _memory = null;

    /// <summary>Makes it a part of another.</summary>
    public void Bind(DeviceSegment whole, long offset)
    {
        _memory = whole._memory;
        Start = whole.Start with { Offset = whole.Start.Offset + offset };
    }
}
