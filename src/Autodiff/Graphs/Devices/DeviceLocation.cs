namespace ProbNet.Autodiff;

/// <summary>Where a value of a plan lies on a device.</summary>
/// <param name="Segment">The region.</param>
/// <param name="Offset">Bytes from its start.</param>
internal readonly record struct DeviceLocation(DeviceSegment Segment, long Offset)
{
    /// <summary>The first byte.</summary>
    public BufferSlice Slice => new(Segment.Start.Buffer, Segment.Start.Offset + Offset);
}
